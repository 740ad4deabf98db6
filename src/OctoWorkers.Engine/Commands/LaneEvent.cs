namespace OctoWorkers.Engine.Commands;

/// <summary>What a dispatch hears from its lanes.</summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
/// <param name="Index">The lane; negative: nothing has happened, but it is time to look.</param>
/// <param name="Opened">The lane that was opened; null when it could not be, or when an input ended.</param>
/// <param name="OpeningError">Why it could not be opened.</param>
/// <param name="Input">The input that ended; null when it is about an opening.</param>
/// <param name="End">How.</param>
internal sealed record LaneEvent<TInput>(
    int Index, ICommandLane<TInput>? Opened = null, OctoWorkersException? OpeningError = null, CommandInput<TInput>? Input = null, InputEnd? End = null);
