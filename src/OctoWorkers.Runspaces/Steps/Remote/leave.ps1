# Ends the process of a session that nobody needs any more, at once. Where an event waits for PowerShell's end, it is left to end in order ('stays').
if ($ExecutionContext.Events.Subscribers.Count -eq $__octoworkers.Subscribers -and $__octoworkers.Watch) { $__octoworkers.Watch.WriteLine('over') } else { 'stays' }
