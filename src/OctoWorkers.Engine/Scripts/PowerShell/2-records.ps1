# Makes what the script can see of records, a line each: KIND and base64 of UTF-8, of a name and a value for most. It returns what is to be run, in a scope of its own,
# which leaves no variable behind but those that it makes global; the names of these go to $Published, if there is one.
function Import-OctopusRecord([IO.TextReader]$Reader, [Collections.IDictionary]$Published) {
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

    Publish-OctopusParameter $Published
    foreach ($module in $modules) {
        $block = [ScriptBlock]::Create($module.Body)
        New-Module -Name $module.Name -ScriptBlock $block | Import-Module -Global -DisableNameChecking -Force
    }

    ConvertTo-OctopusScript $body
}

# $Name for a variable named so, before all others; $OctopusActionName for Octopus.Action.Name. What is a variable of PowerShell's own stays it. No cmdlets
# here: the first of a module costs its import.
function Publish-OctopusParameter([Collections.IDictionary]$Published) {
    $own = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    $own.UnionWith([string[]]('_', 'args', 'event', 'eventargs', 'eventsubscriber', 'foreach', 'input', 'lastexitcode', 'matches', 'myinvocation', 'ofs',
        'psboundparameters', 'pscmdlet', 'pscommandpath', 'psdebugcontext', 'psitem', 'pslogusermessage', 'psmoduleautoloadingpreference', 'psscriptroot',
        'profile', 'sender', 'sourceargs', 'sourceeventargs', 'stacktrace', 'switch', 'this'))
    $variables = $ExecutionContext.SessionState.PSVariable
    $exact = [Collections.Generic.List[string]]::new()
    $others = [Collections.Generic.List[string]]::new()
    foreach ($name in $global:OctopusParameters.Keys) {
        if (!$name.Contains('[')) { if ($name -match '^[A-Za-z0-9_]+$') { $exact.Add($name) } else { $others.Add($name) } }
    }
    $exact.AddRange($others)
    foreach ($name in $exact) {
        $plain = $name -replace '[^A-Za-z0-9_]'
        if ($plain -notmatch '[A-Za-z_]' -or !$own.Add($plain) -or $null -ne $variables.Get("global:$plain")) { continue }
        $variables.Set("global:$plain", $global:OctopusParameters[$name])
        if ($null -ne $Published) { $Published[$name] = $plain }
    }
}

# What is to be run, with a place for the errors in it.
function ConvertTo-OctopusScript([string]$Body) {
    $tokens = $null
    $errors = $null
    $tree = [Management.Automation.Language.Parser]::ParseInput($Body, [IO.Path]::Combine($PWD.Path, 'Script.ps1'), [ref]$tokens, [ref]$errors)
    if ($errors) { throw [Management.Automation.ParseException]::new($errors) }
    if ($tree.ScriptRequirements) {
        foreach ($token in $tokens) { if ($token.Kind -eq 'Comment' -and $token.Text -match '^#requires\s') { Confirm-OctopusRequirement $token } }
    }
    $tree.GetScriptBlock()
}

# Sees that what a line '#Requires' asks for is there, and imports its modules. PowerShell does that for files alone.
function Confirm-OctopusRequirement([Management.Automation.Language.Token]$Line) {
    # The step's folder goes with the step, however that ends.
    $folder = [IO.Path]::Combine($PWD.Path, [guid]::NewGuid())
    try {
        $null = [IO.Directory]::CreateDirectory($folder)
        $file = [IO.Path]::Combine($folder, 'Script.ps1')
        [IO.File]::WriteAllText($file, $Line.Text)
        . $file
    }
    catch [Management.Automation.PSSecurityException] {
        # No file may be run there.
        $Error.RemoveAt(0)
    }
    catch {
        throw [Management.Automation.ParseException]::new(
            [Management.Automation.Language.ParseError[]]@([Management.Automation.Language.ParseError]::new($Line.Extent, 'ScriptRequires', $_.Exception.Message)))
    }
    finally {
        try { [IO.Directory]::Delete($folder, $true) }
        catch { $Error.RemoveAt(0) }
    }
}
