namespace OctoWorkers.Engine.Commands;

/// <summary>An input on its way to a worker.</summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
/// <param name="Number">Its number: 1, 2, … in the order in which they came. Where each worker gets every input, it has a number on each.</param>
/// <param name="Value">The input.</param>
/// <param name="Worker">The worker that runs it, or ran it last.</param>
/// <param name="Attempt">1, 2, …</param>
public sealed record CommandInput<TInput>(long Number, TInput Value, string Worker, int Attempt);
