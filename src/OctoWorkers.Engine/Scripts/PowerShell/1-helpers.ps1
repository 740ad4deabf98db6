# What a script written for Octopus finds in PowerShell. Lines for the engine leave through Write-OctopusLine, which whoever runs the script defines.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($null -ne $PSStyle) { $PSStyle.OutputRendering = 'PlainText' }

function ConvertTo-OctopusText([AllowNull()][object]$Value) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$Value)) }

function Write-OctopusMessage([string]$Name, [Collections.IDictionary]$Attributes) {
    $texts = foreach ($key in $Attributes.Keys) { " $key='$(ConvertTo-OctopusText $Attributes[$key])'" }
    Write-OctopusLine "##octopus[$Name$(-join $texts)]"
}

function Write-OctopusLevel([string]$Level, [string]$Message) {
    Write-OctopusLine "##octopus[stdout-$Level]`n$Message`n##octopus[stdout-default]"
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
