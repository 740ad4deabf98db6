using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;
using OctoWorkers.Storage.Backups;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookStore;

/// <summary>Makes a store of a backup, in a folder that has none.</summary>
[Cmdlet(VerbsData.Restore, "RunbookStore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(StoreRestoration))]
public sealed class RestoreRunbookStoreCommand : EngineCmdlet
{
    private const string Unverified = "An earlier version wrote this backup, without checksums of its files: whether each is as it was written could not be checked.";

    private string file = "";
    private string folder = "";
    private bool isWhatIf;

    /// <summary>A file that Backup-RunbookStore wrote.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The store's folder; that of the other cmdlets when not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        file = GetUnresolvedProviderPathFromPSPath(Path);
        folder = Destination is null ? StoreHome.Find() : GetUnresolvedProviderPathFromPSPath(Destination);
        isWhatIf = IsWhatIf;
    }

    // Opening the store would make one, and the folder must have none.
    private protected override async Task RunAsync(IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (!await pipeline.ShouldProcessAsync(folder, $"Restore the store from '{file}'").ConfigureAwait(false))
        {
            // What would be done includes that a damaged backup is refused.
            if (isWhatIf && !await StoreRestore.CheckAsync(file, cancellationToken).ConfigureAwait(false))
            {
                await pipeline.WriteWarningAsync(Unverified).ConfigureAwait(false);
            }

            return;
        }

        StoreRestoration restored = await StoreRestore.RestoreAsync(file, folder, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        if (!restored.IsVerified)
        {
            await pipeline.WriteWarningAsync(Unverified).ConfigureAwait(false);
        }

        if (restored.EndedRuns.Count > 0)
        {
            await pipeline.WriteWarningAsync(
                $"Ended, since nobody knows what became of them after the backup: {string.Join(", ", restored.EndedRuns)}.").ConfigureAwait(false);
        }

        if (restored.Secrets > 0)
        {
            await pipeline.WriteWarningAsync(
                $"The keys of its {restored.Secrets} secrets were not in the backup: bring them back with 'octoworkers key restore FILE', unless they are there.")
                .ConfigureAwait(false);
        }

        await pipeline.WriteObjectAsync(restored).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken) => Task.CompletedTask;
}
