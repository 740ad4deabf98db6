using OctoWorkers.Engine.Commands;

namespace OctoWorkers.Engine.Tests.Commands;

/// <summary>A worker whose lanes do what a test says.</summary>
internal sealed class ScriptedWorker(string name, Func<CommandInput<int>, CancellationToken, Task<InputEnd>> run) : ICommandWorker<int>
{
    private int _open;

    public string Name { get; } = name;

    public OctoWorkersException? Problem { get; init; }

    public int Opened { get; private set; }

    public int Open => Volatile.Read(ref _open);

    public Task<ICommandLane<int>> OpenAsync(CancellationToken cancellationToken)
    {
        if (Problem is not null)
        {
            return Task.FromException<ICommandLane<int>>(Problem);
        }

        Opened++;
        Interlocked.Increment(ref _open);
        return Task.FromResult<ICommandLane<int>>(new Lane(this, run));
    }

    private sealed class Lane(ScriptedWorker worker, Func<CommandInput<int>, CancellationToken, Task<InputEnd>> run) : ICommandLane<int>
    {
        public Task<InputEnd> RunAsync(CommandInput<int> input, CancellationToken cancellationToken) => run(input, cancellationToken);

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref worker._open);
            return ValueTask.CompletedTask;
        }
    }
}
