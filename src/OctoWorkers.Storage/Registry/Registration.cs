namespace OctoWorkers.Storage.Registry;

/// <summary>One of the times that a process declared itself alive.</summary>
/// <param name="release">Takes it back; called once.</param>
internal sealed class Registration(Action release) : IDisposable
{
    private Action? release = release;

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
