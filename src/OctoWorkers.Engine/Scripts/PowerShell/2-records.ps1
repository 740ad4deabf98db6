# Makes what the script can see of records, a line each: KIND and base64 of UTF-8, of a name and a value for most. It returns what is to be run, in a scope of its own,
# which leaves no variable behind but those that it makes global.
function Import-OctopusRecord([IO.TextReader]$Reader) {
    $global:OctopusParameters = [Collections.Generic.Dictionary[string, string]]::new([StringComparer]::OrdinalIgnoreCase)
    $body = ''
    $whole = $false
    $modules = [Collections.Generic.List[object]]::new()
    try {
        while ($null -ne ($line = $Reader.ReadLine())) {
            $kind, $name, $value = $line.Split(' ')
            $name, $value = foreach ($word in $name, $value) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($word)) }
            switch ($kind) {
                variable { $global:OctopusParameters[$name] = $value }
                module { $modules.Add([pscustomobject]@{ Name = $name; Body = $value }) }
                body { $body = $value }
                end { $whole = $true }
            }
        }
    }
    finally { $Reader.Dispose() }
    if (!$whole) { throw 'octoworkers: what the script needs did not come whole' }

    # $Name for a variable named so, before all others; $OctopusActionName for Octopus.Action.Name. What is a variable of PowerShell's own stays it. No cmdlets
    # here: the first of a module costs its import.
    $own = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    $own.UnionWith([string[]]('_', 'args', 'event', 'eventargs', 'eventsubscriber', 'foreach', 'input', 'lastexitcode', 'matches', 'myinvocation', 'ofs',
        'psboundparameters', 'pscmdlet', 'pscommandpath', 'psdebugcontext', 'psitem', 'pslogusermessage', 'psmoduleautoloadingpreference', 'psscriptroot',
        'profile', 'sender', 'sourceargs', 'sourceeventargs', 'stacktrace', 'switch', 'this'))
    $variables = $ExecutionContext.SessionState.PSVariable
    $exact = $global:OctopusParameters.Count
    foreach ($name in @($global:OctopusParameters.Keys) * 2) {
        $isFirstRound = $exact-- -gt 0
        $plain = $name -replace '[^A-Za-z0-9_]'
        if (($plain -ceq $name) -ne $isFirstRound -or $name.Contains('[') -or $plain -notmatch '[A-Za-z_]') { continue }
        if ($own.Add($plain) -and $null -eq $variables.Get("global:$plain")) { $variables.Set("global:$plain", $global:OctopusParameters[$name]) }
    }

    foreach ($module in $modules) {
        $block = [ScriptBlock]::Create($module.Body)
        New-Module -Name $module.Name -ScriptBlock $block | Import-Module -Global -DisableNameChecking -Force
    }

    $tokens = $null
    $errors = $null
    $tree = [Management.Automation.Language.Parser]::ParseInput($body, [IO.Path]::Combine($PWD.Path, 'Script.ps1'), [ref]$tokens, [ref]$errors)
    if ($errors) { throw [Management.Automation.ParseException]::new($errors) }
    $tree.GetScriptBlock()
}
