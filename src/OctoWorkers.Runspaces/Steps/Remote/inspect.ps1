# Says in a word what a session is like: the same word again while it has the same variables, commands, drives, places, environment, modules, classes, jobs, sessions, events
# and child processes. What PowerShell loads of its own, from its own folder, does not count.
& {
    $state = $ExecutionContext.SessionState
    $invoking = $ExecutionContext.InvokeCommand
    $Error.Clear()
    $state.PSVariable.Remove('global:LASTEXITCODE')
    $state.PSVariable.Set('global:StackTrace', $null)
    $variables = $state.InvokeProvider.ChildItem.Get('variable:', $false)
    $commands = $invoking.GetCommands('*', 'Function, Filter, Alias', $true)
    if ("$($commands.ModuleName)".Trim()) { $commands = $commands.Where{ !$_.ModuleName } }
    $drives = $state.Drive.GetAll()
    $environment = [Environment]::GetEnvironmentVariables()
    # Classes that a script made have no place.
    $known = '[/\\](Modules[/\\](Microsoft\.(PowerShell|WSMan)\.[^/\\\n]+|CimCmdlets|PSDiagnostics|ThreadJob|PSReadLine|PowerShellGet|PackageManagement)[/\\].*|[^/\\\n]+)\n'
    $loaded = @(foreach ($module in Get-Module) { $module.Path }; [AppDomain]::CurrentDomain.GetAssemblies().Location; '.') -join "`n" -replace "(?m)^$([regex]::Escape($PSHOME))$known"
    $children = if ($IsLinux) {
        try { [string]::Concat([Linq.Enumerable]::Select([IO.Directory]::GetDirectories('/proc/self/task'), [Func[string, string]] { [IO.File]::ReadAllText($args[0] + '/children') })) }
        catch { [guid]::NewGuid() }
    }
    $text = @(
        "$($variables.Name)"; "$($variables.Value)"; "$($PSDefaultParameterValues.Keys) $($PSDefaultParameterValues.Values) $($PSStyle.OutputRendering)"
        "$($commands.Name)"; "$($commands.Definition)"
        "$($drives.Name)"; "$($drives.Root)"; "$($drives.CurrentLocation)"; "$($state.Path.LocationStack('').Count) $([Environment]::CurrentDirectory)"
        $loaded; "$($environment.Keys)"; "$($environment.Values)"
        "$([cultureinfo]::CurrentCulture) $([cultureinfo]::CurrentUICulture) $([cultureinfo]::DefaultThreadCurrentCulture) $([cultureinfo]::DefaultThreadCurrentUICulture)"
        "$($ExecutionContext.Events.Subscribers.Count) $($ExecutionContext.Events.ReceivedEvents.Count) $(@(Get-Job).Count) $(@(Get-PSSession).Count) $children"
        "$($invoking.CommandNotFoundAction) $($invoking.PreCommandLookupAction) $($invoking.PostCommandLookupAction)"
        "$([Console]::OutputEncoding.CodePage)"
        # One that has grown is not kept.
        if ([Environment]::WorkingSet -gt 419430400) { [guid]::NewGuid() }
    ) -join "`n"
    [Convert]::ToBase64String([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($text)))
}
