using System.Collections.Concurrent;
using OctoWorkers.Runspaces.Sessions;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Sessions through the subsystem of an sshd.</summary>
/// <param name="worker">Where they are.</param>
public sealed class SshTests(SshWorker worker) : StepContract(worker), IClassFixture<SshWorker>
{
    private SshWorker Worker { get; } = worker;

    [Fact]
    public async Task GivenFortyWhoAskAtOnce_WhenTheyAreServed_ThenEachHasASessionOfItsOwnWithinTheCap()
    {
        int open = 0;
        ConcurrentBag<int> counts = [];
        int[] processes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(
            async () =>
            {
                await using IWorkerSession session = await Worker.Sessions.RentAsync("worker7", Worker.Connection, isUnused: true, Stop);
                counts.Add(Interlocked.Increment(ref open));
                Assert.False(session.IsBroken);
                Interlocked.Decrement(ref open);
                return session.Greeting.ProcessId;
            }, Stop)));

        Assert.Equal(40, processes.Distinct().Count());
        Assert.InRange(counts.Max(), 1, Worker.MaxSessions);
    }
}
