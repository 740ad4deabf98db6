using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine;

namespace OctoWorkers.Cli.Following;

/// <summary>Says in front of a log line where it comes from: <c>[Deploy @ worker1]</c>, on a worker on behalf of a deployment target <c>[Deploy @ worker1 for web-1]</c>.</summary>
/// <param name="engine">Knows the steps.</param>
/// <param name="run">The run.</param>
/// <param name="namesRun">Whether several runs are shown, so that the run is to be named.</param>
internal sealed class StepPrefix(OctoWorkersEngine engine, RunId run, bool namesRun)
{
    private readonly Dictionary<(int Step, int Attempt, string? Target), string> known = [];

    /// <summary>The prefix of a line.</summary>
    internal async ValueTask<string> OfAsync(LogLine line, CancellationToken cancellationToken)
    {
        (int Step, int Attempt, string? Target) key = (line.Step, line.Attempt, line.Target);
        if (!known.TryGetValue(key, out string? prefix))
        {
            prefix = line.Step == 0 ? $"[{run}]" : await ReadAsync(line, cancellationToken).ConfigureAwait(false);
            known.Add(key, prefix);
        }

        return prefix;
    }

    private async Task<string> ReadAsync(LogLine line, CancellationToken cancellationToken)
    {
        RunDetails details = await engine.GetRunDetailsAsync(run, cancellationToken).ConfigureAwait(false);
        StepDetails? step = details.Steps.FirstOrDefault(step => step.Number == line.Step);
        StepTargetDetails? target = line.Target is null ? null : step?.Targets?.FirstOrDefault(target => target.Name == line.Target);
        AttemptDetails? attempt = (target is null ? step?.Attempts : target.Attempts)?.FirstOrDefault(attempt => attempt.Number == line.Attempt);
        string name = step is null ? string.Create(CultureInfo.InvariantCulture, $"step {line.Step}") : DisplayText.Of(step.Name);
        string worker = (attempt is null ? step?.WorkerName : attempt.WorkerName) is { } found ? $" @ {DisplayText.Of(found)}" : "";
        string behalf = line.Target is null || line.Target == attempt?.WorkerName ? "" : $" for {DisplayText.Of(line.Target)}";
        string again = line.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $" #{line.Attempt}") : "";
        return $"[{(namesRun ? $"{run} " : "")}{name}{worker}{behalf}{again}]";
    }
}
