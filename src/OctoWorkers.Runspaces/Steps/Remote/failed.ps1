# After a step that did not come to its last line. The argument: whether it failed; the error that it failed with comes then.
if ($__octoworkers.Watch) { $__octoworkers.Watch.WriteLine('idle') }
$gone = Remove-OctoWorkersFolder
if ($args[0]) { & $__octoworkers.ErrorText $Error[0] } else { $gone }
