# What a script written for Octopus finds in PowerShell. pwsh starts this text; it reads from descriptor 3 what the engine hands over, a
# record a line: KIND and base64 of UTF-8, of a name and a value for most. Records are data, so that no log of script blocks ever holds a secret.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($null -ne $PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)

function ConvertTo-OctopusText([AllowNull()][object]$Value) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$Value)) }

function Write-OctopusMessage([string]$Name, [Collections.IDictionary]$Attributes) {
    $texts = foreach ($key in $Attributes.Keys) { " $key='$(ConvertTo-OctopusText $Attributes[$key])'" }
    [Console]::Out.WriteLine("##octopus[$Name$(-join $texts)]")
}

function Write-OctopusLevel([string]$Level, [string]$Message) {
    [Console]::Out.WriteLine("##octopus[stdout-$Level]`n$Message`n##octopus[stdout-default]")
}

function Set-OctopusVariable {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)][string]$Name,
        [Parameter(Position = 1)][AllowNull()][AllowEmptyString()][AllowEmptyCollection()][object]$Value,
        [switch]$Sensitive)
    $attributes = [ordered]@{ name = $Name; value = $Value }
    if ($Sensitive) { $attributes.sensitive = 'True' }
    Write-OctopusMessage setVariable $attributes
}

function New-OctopusArtifact {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)][Alias('FullName', 'PSPath', 'LiteralPath')][string]$Path,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)][string]$Name)
    process {
        $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
        $attributes = [ordered]@{ path = $file; name = $(if ($Name) { $Name } else { [IO.Path]::GetFileName($file) }) }
        if ([IO.File]::Exists($file)) { $attributes.length = [IO.FileInfo]::new($file).Length }
        Write-OctopusMessage createArtifact $attributes
    }
}

function Fail-Step([string]$Message) {
    if ($Message) { Write-OctopusMessage resultMessage @{ message = $Message } }
    exit 1
}

function Update-Progress([Parameter(Mandatory)][int]$Percentage, [string]$Message) {
    Write-OctopusMessage progress ([ordered]@{ percentage = $Percentage; message = $Message })
}

function Write-Verbose {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)][AllowEmptyString()][Alias('Msg')][string]$Message)
    process { Write-OctopusLevel verbose $Message }
}

function Write-Warning {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)][AllowEmptyString()][Alias('Msg')][string]$Message)
    process { Write-OctopusLevel warning $Message }
}

function Write-Highlight {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)][AllowEmptyString()][string]$Message)
    process { Write-OctopusLevel highlight $Message }
}

function Write-Wait {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)][AllowEmptyString()][string]$Message)
    process { Write-OctopusLevel wait $Message }
}

$global:OctopusParameters = [Collections.Generic.Dictionary[string, string]]::new([StringComparer]::OrdinalIgnoreCase)
# In a scope of its own, which leaves no variable behind but those it makes global. It returns what is to be run.
$__octopus = & {
    $reader = [IO.StreamReader]::new([IO.FileStream]::new([Microsoft.Win32.SafeHandles.SafeFileHandle]::new([IntPtr]3, $true), [IO.FileAccess]::Read, 65536))
    $body = ''
    $whole = $false
    $modules = [Collections.Generic.List[object]]::new()
    try {
        while ($null -ne ($line = $reader.ReadLine())) {
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
    finally { $reader.Dispose() }
    if (!$whole) { throw 'octoworkers: what the script needs did not come whole' }

    # $Name for a variable named so; $OctopusActionName for Octopus.Action.Name. What is a variable of PowerShell's own stays it. No cmdlets
    # here: the first of a module costs its import.
    $own = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    $own.UnionWith([string[]]('_', 'args', 'event', 'eventargs', 'eventsubscriber', 'foreach', 'input', 'lastexitcode', 'matches', 'myinvocation', 'ofs',
        'psboundparameters', 'pscmdlet', 'pscommandpath', 'psdebugcontext', 'psitem', 'pslogusermessage', 'psmoduleautoloadingpreference', 'psscriptroot',
        'profile', 'sender', 'sourceargs', 'sourceeventargs', 'stacktrace', 'switch', 'this'))
    $variables = $ExecutionContext.SessionState.PSVariable
    foreach ($exact in $true, $false) {
        foreach ($name in $global:OctopusParameters.Keys) {
            $plain = $name -replace '[^A-Za-z0-9_]'
            if (($plain -ceq $name) -ne $exact -or $name.Contains('[') -or $plain -notmatch '[A-Za-z_]') { continue }
            if ($own.Add($plain) -and $null -eq $variables.Get("global:$plain")) { $variables.Set("global:$plain", $global:OctopusParameters[$name]) }
        }
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

. $__octopus @args
exit [int]$ExecutionContext.SessionState.PSVariable.GetValue("global:LASTEXITCODE", 0)
