# After a step that did not come to its last line. The argument: whether it failed; the error that it failed with comes then.
if ($__octoworkers.IsOpen) { & $__octoworkers.Close }
if ($__octoworkers.Watch) { $__octoworkers.Watch.WriteLine('idle') }
$gone = Remove-OctoWorkersFolder 0 $__octoworkers.Above
if ($args[0]) { & $__octoworkers.ErrorText $Error[0] } else { $gone }
