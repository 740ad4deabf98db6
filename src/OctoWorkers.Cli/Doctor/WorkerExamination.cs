using OctoWorkers.Cli.Commands.Workers;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Cli.Doctor;

/// <summary>Looks at every worker and deployment target: connects to it and sees what it has.</summary>
/// <param name="engine">Connects.</param>
internal sealed class WorkerExamination(OctoWorkersEngine engine)
{
    internal async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await engine.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DeploymentTargetRecord> targets = await engine.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
        WorkerRecord[] all = [.. workers, .. targets.Select(target => target.Machine), WorkerRecord.BuiltIn];
        WorkerCheck[] checks = await WorkerChecks.RunAsync(engine, all, cancellationToken).ConfigureAwait(false);
        return [.. all.Zip(checks).Select(pair => Of(pair.First, pair.Second))];
    }

    private static Finding Of(WorkerRecord worker, WorkerCheck check)
    {
        string subject = $"{(worker.IsTarget ? "target" : "worker")} {DisplayText.Of(check.Name)}";
        string message = check.Health.Message.Length > 0 ? check.Health.Message : "answers";
        string found = $"{check.Health.Status}: {message} ({Words.Of(check.Elapsed)})";
        bool takesWork = worker.State == WorkerState.Enabled;
        return check.Health.Status switch
        {
            HealthStatus.Healthy => new(subject, Verdict.Ok, $"{found}{Has(check.Health.Capabilities)}"),
            HealthStatus.HasWarnings => new(subject, Verdict.Warning, found, "It takes work all the same; see what it complains about."),
            HealthStatus.Unavailable => new(
                subject, takesWork ? Verdict.Problem : Verdict.Warning, found,
                "Try 'ssh' to it with the same options and without a password prompt, or disable the worker."),
            _ => new(subject, takesWork ? Verdict.Problem : Verdict.Warning, found, "Mend what it says on that machine, or disable the worker."),
        };
    }

    private static string Has(IReadOnlyDictionary<string, string> capabilities)
        => capabilities.Count == 0 ? "" : $"; {string.Join(", ", capabilities.OrderBy(has => has.Key, StringComparer.Ordinal).Select(has => $"{has.Key} {has.Value}"))}";
}
