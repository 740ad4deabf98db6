# After a step that did not come to its last line: whether it failed, the error that it failed with.
Exit-OctoWorkersStep
if ($args[0]) { & $__octoworkers.ErrorText $Error[0] }
