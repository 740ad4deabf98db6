'text'
1
Write-Host 'host'
Write-Verbose 'more'
Set-OctopusVariable -Name name -Value value
$global:LASTEXITCODE = 0
