using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Transports;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>What every channel to a runner must do, whatever carries it and whichever runner answers.</summary>
public abstract partial class WorkerChannelContract : ChannelContract
{
    /// <summary>Whether the means of these workers can say that nothing is left, as the greeting tells.</summary>
    protected static bool IsCertain(IWorkerChannel channel) => channel.Greeting.Means != TerminationMeans.Search;

    /// <summary>A connection whose shell is another program.</summary>
    protected abstract WorkerConnection WithShell(string shell);

    /// <summary>Breaks all open connections.</summary>
    protected abstract void Cut();
}
