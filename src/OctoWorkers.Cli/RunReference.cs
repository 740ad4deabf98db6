using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Cli;

/// <summary>How people name a run: <c>RunbookRuns-7</c>, <c>7</c>, or <c>latest</c>.</summary>
internal static class RunReference
{
    private const string Latest = "latest";

    /// <summary>The argument of the commands that take one run.</summary>
    internal static Argument<string> Argument() => new("RUN") { Description = "The run: 'RunbookRuns-7', '7', or 'latest'." };

    /// <summary>The run's id; the run need not exist, unless it is the latest.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>; <see cref="EngineError.RunNotFound"/> when there is no latest.</exception>
    internal static async Task<RunId> FindAsync(IRunStore store, string text, CancellationToken cancellationToken)
    {
        if (!text.Equals(Latest, StringComparison.OrdinalIgnoreCase))
        {
            return Parse(text);
        }

        IReadOnlyList<RunSummary> runs = await store.GetRunsAsync(new RunFilter { Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return runs.Count > 0
            ? runs[0].Id
            : throw new OctoWorkersException(EngineError.RunNotFound, "There is no latest run: the store has no runs.", text);
    }

    /// <summary>The id in a text.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static RunId Parse(string text)
        => RunId.TryParse(text, out RunId id) ? id
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? new RunId(number)
            : throw new OctoWorkersException(
                EngineError.InvalidArgument, $"'{DisplayText.Line(text)}' names no run; write 'RunbookRuns-7', '7', or 'latest'.", text);
}
