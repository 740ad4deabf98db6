@{
    RootModule = 'OctoWorkers.PowerShell.dll'
    ModuleVersion = '0.1.0'
    GUID = '5c1c0a9e-6a0f-4d0e-9c40-6f2b7c1f3a51'
    Author = 'The OctoWorkers authors'
    CompanyName = 'OctoWorkers'
    Copyright = '(c) The OctoWorkers authors. MIT licence.'
    Description = 'Pools of worker machines and runbooks whose steps run on them: workers chosen by documented rules, a durable journal, cancel that really ends the work. No server, no daemon.'
    PowerShellVersion = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess = @('OctoWorkers.Format.ps1xml')
    TypesToProcess = @('OctoWorkers.Types.ps1xml')
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'Get-WorkerPool', 'New-WorkerPool', 'Set-WorkerPool', 'Remove-WorkerPool'
        'Add-Worker', 'Get-Worker', 'Set-Worker', 'Remove-Worker', 'Test-Worker', 'Enable-Worker', 'Disable-Worker', 'Select-Worker', 'Invoke-WorkerCommand', 'Enter-Worker', 'Copy-WorkerItem'
        'Add-DeploymentTarget', 'Get-DeploymentTarget', 'Set-DeploymentTarget', 'Remove-DeploymentTarget', 'Test-DeploymentTarget'
        'Get-WorkerEnvironment', 'New-WorkerEnvironment', 'Set-WorkerEnvironment', 'Remove-WorkerEnvironment'
        'Get-WorkerTenant', 'New-WorkerTenant', 'Set-WorkerTenant', 'Remove-WorkerTenant'
        'Get-WorkerMachinePolicy', 'New-WorkerMachinePolicy', 'Set-WorkerMachinePolicy', 'Remove-WorkerMachinePolicy'
        'Get-WorkerLease'
        'Get-RunbookVariable', 'Set-RunbookVariable', 'Remove-RunbookVariable', 'Resolve-RunbookVariable', 'Get-RunbookArtifact', 'Save-RunbookArtifact'
        'New-Runbook', 'Get-Runbook', 'Set-Runbook', 'Remove-Runbook', 'Import-Runbook', 'Export-Runbook', 'Test-Runbook', 'Invoke-Runbook'
        'Publish-RunbookPackage', 'Get-RunbookPackage', 'Send-RunbookPackage', 'Clear-WorkerCache', 'Get-RunbookFeed', 'New-RunbookFeed', 'Remove-RunbookFeed'
        'New-RunbookStep', 'Get-RunbookPlan'
        'Invoke-RunbookRetention', 'Export-RunbookLog'
        'Backup-RunbookStore', 'Restore-RunbookStore', 'Test-RunbookStore', 'Optimize-RunbookStore'
        'Get-RunbookIntervention', 'Approve-RunbookIntervention', 'Deny-RunbookIntervention', 'Resolve-RunbookIntervention', 'Lock-RunbookIntervention'
        'Get-RunbookAudit'
        'Start-RunbookRun', 'Get-RunbookRun', 'Wait-RunbookRun', 'Stop-RunbookRun', 'Receive-RunbookRun', 'Restart-RunbookRun', 'Remove-RunbookRun'
        'Set-RunbookRun', 'Get-RunbookQueue', 'Suspend-RunbookQueue', 'Resume-RunbookQueue'
    )
    PrivateData = @{
        PSData = @{
            Tags = @('Workers', 'Runbooks', 'Operations', 'SSH', 'PSEdition_Core', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
