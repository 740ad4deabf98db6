using OctoWorkers.Engine.Commands;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Workers that were asked for by name, as far as they may be used.</summary>
internal static class NamedWorkers
{
    /// <summary>Finds them. Of each that is not there or may not be used, an error says why.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/> when none is left: why it, or the first one, may not be used.</exception>
    internal static async Task<IReadOnlyList<WorkerRecord>> FindAsync(
        EngineSession session, IReadOnlyList<string> names, IReadOnlyList<CapabilityDemand> demands, bool isPreview, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> all = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        if (names.Contains(WorkerRecord.BuiltInName, EntityName.Comparer))
        {
            all = [.. all, WorkerRecord.BuiltIn];
        }

        IReadOnlyList<WorkerRecord> chosen = await NameSelection.ChooseAsync(all, worker => worker.Name, names, EngineError.WorkerNotFound, "worker", pipeline).ConfigureAwait(false);
        EligibleWorkers found = await session.Engine.GetEligibleWorkersAsync(chosen, demands, isPreview, cancellationToken).ConfigureAwait(false);
        List<OctoWorkersException> reasons = [.. found.Ineligible.Select(one => new OctoWorkersException(
            EngineError.NoEligibleWorker, $"Worker '{one.Worker.Name}' is not used: {one.Reason.TrimEnd('.')}. Enable, repair or check it (Get-Worker, Test-Worker).", one.Worker.Name))];
        if (found.Workers.Count == 0 && reasons.Count == 1)
        {
            throw reasons[0];
        }

        foreach ((OctoWorkersException why, IneligibleWorker one) in reasons.Zip(found.Ineligible))
        {
            await pipeline.WriteErrorAsync(WorkerErrors.Of(why, one.Worker.Name, one.Worker, OutputMask.None)).ConfigureAwait(false);
        }

        return found.Workers.Count > 0
            ? found.Workers
            : throw new OctoWorkersException(
                EngineError.NoEligibleWorker,
                $"None of the workers that were asked for can be used: '{string.Join("', '", names)}'.{(reasons.Count == 0 ? "" : $" {reasons[0].Message}")}", names[0]);
    }
}
