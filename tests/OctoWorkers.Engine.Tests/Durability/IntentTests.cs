using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Runs;
using OctoWorkers.TestKit.Secrets;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Tickets keep a second start from doing harm, so a crash alone does not show whether the intent was stored first.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class IntentTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAttempts_WhenTheirStartsGoToTheWorker_ThenTheirIntentsAreStoredAlready()
    {
        await using DurableWorld world = await Scenario.Everything.WorldAsync();
        ConcurrentQueue<string> tickets = [];
        ConcurrentQueue<string> early = [];
        WatchedTransport transport = new(world.Transport(), start =>
        {
            tickets.Enqueue(start.Ticket);
            if (!IsIntended(world, start.Ticket))
            {
                early.Enqueue(start.Ticket);
            }
        });
        await using (OctoWorkersEngine engine = new(world.Store, [transport], world.Secrets, new ArtifactFolder(world.Home), new NoDriver(), TimeProvider.System))
        {
            RunRecord run = await engine.StartRunAsync(new NewRun(Scenario.Everything.Name, "Test"), Stop);
            await engine.WaitForRunAsync(run.Id, Stop);
        }

        Assert.Contains("1-4-2", tickets);
        Assert.Empty(early);
    }

    // Read at once and by a connection of its own: a question to the engine's store would give it time to catch up.
    private static bool IsIntended(DurableWorld world, string ticket)
    {
        long[] parts = [.. ticket.Split('-').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        using SqliteConnection connection = new($"Data Source={Path.Combine(world.Home, "octoworkers.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT count(*) FROM run_events
            WHERE run = $run AND kind = 'attemptIntended'
              AND json_extract(payload, '$.step') = $step AND json_extract(payload, '$.attempt') = $attempt
            """;
        command.Parameters.AddWithValue("$run", parts[0]);
        command.Parameters.AddWithValue("$step", parts[1]);
        command.Parameters.AddWithValue("$attempt", parts[2]);
        return (long)command.ExecuteScalar()! == 1;
    }
}
