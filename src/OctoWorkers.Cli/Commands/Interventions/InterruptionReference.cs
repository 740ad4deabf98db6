using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Cli.Commands.Interventions;

/// <summary>How people name an interruption: <c>Interruptions-7-1</c>, <c>7-1</c>, or the run, when that waits for one thing only.</summary>
internal static class InterruptionReference
{
    internal static Argument<string> Argument()
        => new("INTERVENTION") { Description = "The intervention: 'Interruptions-7-1', '7-1', or its run, when that waits for one only." };

    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidArgument"/>, also when the run waits for several; <see cref="EngineError.InterruptionNotFound"/> when it waits for none.
    /// </exception>
    internal static async Task<InterruptionId> FindAsync(IStore store, string text, CancellationToken cancellationToken)
    {
        if (InterruptionId.TryParse(text, out InterruptionId id))
        {
            return id;
        }

        if (text.StartsWith("Interruptions-", StringComparison.OrdinalIgnoreCase))
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, $"'{DisplayText.Line(text)}' names no intervention; write 'Interruptions-7-1', '7-1', or the run that waits.", text);
        }

        RunId run = await RunReference.FindAsync(store, text, cancellationToken).ConfigureAwait(false);
        await store.GetRunAsync(run, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Interruption> pending =
            await store.GetInterruptionsAsync(new() { Run = run, PendingOnly = true }, cancellationToken).ConfigureAwait(false);
        return pending.Count switch
        {
            1 => pending[0].Id,
            0 => throw new OctoWorkersException(EngineError.InterruptionNotFound, $"{run} does not wait for a person.", run),
            _ => throw new OctoWorkersException(
                EngineError.InvalidArgument, $"{run} waits for several people's answers: {string.Join(", ", pending)}. Name one of them.", run),
        };
    }
}
