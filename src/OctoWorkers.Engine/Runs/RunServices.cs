using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Retention;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Variables;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>What driving runs needs, the same for every run of a process.</summary>
/// <param name="Store">The store.</param>
/// <param name="Links">The ways to the workers.</param>
/// <param name="Health">Checks workers.</param>
/// <param name="Engine">This process.</param>
/// <param name="Machine">The machine whose task slots are taken.</param>
/// <param name="Artifacts">The bytes of artifacts.</param>
/// <param name="Packages">The feeds and their packages.</param>
/// <param name="Secrets">Encrypts and decrypts secrets.</param>
/// <param name="Time">The clock.</param>
internal sealed record RunServices(
    IStore Store, WorkerLinks Links, WorkerHealthChecker Health, EngineId Engine, string Machine, IArtifactStore Artifacts, PackageLibrary Packages,
    ISecretProtector Secrets,
    TimeProvider Time)
{
    /// <summary>Removes runs that are not to be kept.</summary>
    public RunRetention Retention { get; } = new(Store, Artifacts, Time);

    /// <summary>Puts variables into texts.</summary>
    public ITemplateText Text { get; } = new TemplateText(Time);

    /// <summary>Brings packages to workers.</summary>
    public PackageDelivery Delivery => field ??= new(this);

    public async Task<EngineSettings> GetSettingsAsync(CancellationToken cancellationToken)
        => EngineSettings.From(await Store.GetSettingsAsync(cancellationToken).ConfigureAwait(false));
}
