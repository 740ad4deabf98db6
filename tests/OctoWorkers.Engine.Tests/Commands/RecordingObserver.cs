using OctoWorkers.Engine.Commands;

namespace OctoWorkers.Engine.Tests.Commands;

/// <summary>Keeps what it hears.</summary>
internal sealed class RecordingObserver : IDispatchObserver<int>
{
    public List<CommandInput<int>> Begun { get; } = [];

    public List<(CommandInput<int> Input, Exception? Error)> Ended { get; } = [];

    public List<CommandInput<int>> Retried { get; } = [];

    public List<string> Lost { get; } = [];

    public ValueTask OnBegunAsync(CommandInput<int> input)
    {
        Begun.Add(input);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnRetriedAsync(CommandInput<int> input, Exception error)
    {
        Retried.Add(input);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnEndedAsync(CommandInput<int> input, Exception? error)
    {
        Ended.Add((input, error));
        return ValueTask.CompletedTask;
    }

    public ValueTask OnWorkerLostAsync(string worker, OctoWorkersException error)
    {
        Lost.Add(worker);
        return ValueTask.CompletedTask;
    }
}
