# Gives a session what the command's script block finds there: variables, functions and modules. Says in which folder the modules are.
param($Variables, $Functions, $Modules)
$ErrorActionPreference = 'Stop'
if ($null -ne $Variables) {
    $known = [System.Collections.Generic.Dictionary[string, string]]::new([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($name in $Variables.Keys) { $known[$name] = $Variables[$name] }
    $global:OctopusParameters = $known
}
foreach ($name in $Functions.Keys) { Set-Item -LiteralPath "function:global:$name" -Value ([scriptblock]::Create($Functions[$name])) }
if ($Modules.Count -gt 0) {
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ('octoworkers-' + [guid]::NewGuid().ToString('n'))
    [void] [System.IO.Directory]::CreateDirectory($folder)
    if ($PSVersionTable.PSVersion.Major -ge 7 -and -not $IsWindows) { [System.IO.File]::SetUnixFileMode($folder, 'UserRead,UserWrite,UserExecute') }
    $folder
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    foreach ($module in $Modules) {
        if ($module.Text) {
            New-Module -Name $module.Name -ScriptBlock ([scriptblock]::Create($module.Text)) | Import-Module -Global -DisableNameChecking
            continue
        }
        $place = Join-Path $folder $module.Name
        $archive = [System.IO.Compression.ZipArchive]::new([System.IO.MemoryStream]::new([byte[]] $module.Archive))
        try { [System.IO.Compression.ZipFileExtensions]::ExtractToDirectory($archive, $place) } finally { $archive.Dispose() }
        Import-Module -Name (Join-Path $place $module.File) -Global -DisableNameChecking
    }
}
