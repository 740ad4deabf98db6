using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;
using OctoWorkers.Storage;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookStore;

/// <summary>Writes a backup of the store, its artifacts and the packages of its built-in feed, while runs go on.</summary>
[Cmdlet(VerbsData.Backup, "RunbookStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreBackup))]
public sealed class BackupRunbookStoreCommand : EngineCmdlet
{
    private string file = "";

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves out the packages of the built-in feed.</summary>
    [Parameter]
    public SwitchParameter ExcludePackage { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        SqliteStore.RequireAt(StoreHome.Find());
        file = GetUnresolvedProviderPathFromPSPath(Path);
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await pipeline.ShouldProcessAsync(file, $"Back up the store '{session.Home}'").ConfigureAwait(false))
        {
            StoreBackup backup = await session.Store.BackupAsync(file, session.Artifacts, Force, !ExcludePackage, cancellationToken).ConfigureAwait(false);
            await pipeline.WriteVerboseAsync("The keys of secrets are not in the backup: copy them with 'octoworkers key backup FILE'.").ConfigureAwait(false);
            if (backup.MissingArtifacts > 0)
            {
                await pipeline.WriteWarningAsync($"{backup.MissingArtifacts} artifacts had no file any more; Test-RunbookStore names what is missing.").ConfigureAwait(false);
            }

            await pipeline.WriteObjectAsync(backup).ConfigureAwait(false);
        }
    }
}
