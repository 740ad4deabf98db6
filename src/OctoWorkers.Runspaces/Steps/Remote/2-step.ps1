# Puts what a step needs into the session: its surroundings, and then what the records hold. The first of all is that; the others are the script's arguments, which it returns.
function Enter-OctoWorkersStep([object[]]$All) {
    $step = $All[0]
    $global:__octoworkers.UI = $Host.UI
    if ($watch = $global:__octoworkers.Watch) { $watch.WriteLine('busy') }
    [Environment]::SetEnvironmentVariable('OCTOWORKERS_TICKET', $step.Ticket)
    [Environment]::SetEnvironmentVariable('OCTOWORKERS_SESSION', $step.Mark)
    foreach ($name in $step.Environment.Keys) { [Environment]::SetEnvironmentVariable($name, $step.Environment[$name]) }
    $folder = $step.Folder
    if (!$IsWindows) { $null = [IO.Directory]::CreateDirectory($folder, 'UserRead, UserWrite, UserExecute') } else { $null = [IO.Directory]::CreateDirectory($folder) }
    $null = $ExecutionContext.SessionState.Path.SetLocation($folder)
    [Environment]::CurrentDirectory = $folder
    $variables = $ExecutionContext.SessionState.PSVariable
    if ($null -ne $global:OctopusParameters) {
        # The run keeps this session: what the step before was given is not this step's.
        foreach ($name in $global:OctopusParameters.Keys) {
            $plain = $name -replace '[^A-Za-z0-9_]'
            if ($plain -and [object]::ReferenceEquals($variables.GetValue("global:$plain"), $global:OctopusParameters[$name])) { $variables.Remove("global:$plain") }
        }
    }
    $variables.Set('global:LASTEXITCODE', 0)
    $global:ErrorActionPreference = 'Stop'
    $global:__octoworkers.Body = Import-OctopusRecord ([IO.StringReader]::new($step.Records))
    if ($All.Count -gt 1) { , $All[1..($All.Count - 1)] }
}

# After a step that ended by itself, what it left running is its own affair.
function Exit-OctoWorkersStep {
    if ($watch = $global:__octoworkers.Watch) { $watch.WriteLine('idle') }
}
