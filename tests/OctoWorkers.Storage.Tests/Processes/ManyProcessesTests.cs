using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Processes;

public sealed class ManyProcessesTests : IAsyncDisposable
{
    private readonly SqliteStoreFactory factory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task GivenEmptyFolder_WhenProcessesOpenItAtOnce_ThenAllUseTheSameStore()
    {
        using ProbeProcess first = ProbeProcess.Start("open", factory.Folder);
        using ProbeProcess second = ProbeProcess.Start("open", factory.Folder);
        using ProbeProcess third = ProbeProcess.Start("open", factory.Folder);
        ProbeProcess[] all = [first, second, third];
        foreach (ProbeProcess probe in all)
        {
            Assert.Equal("ready", await probe.ReadLineAsync());
        }

        await Task.WhenAll(all.Select(probe => probe.SendLineAsync()));
        string[][] keys = await Task.WhenAll(all.Select(probe => probe.ReadToEndAsync()));
        IStore store = await factory.OpenAsync();
        Assert.All(keys, said => Assert.Equal([store.Key], said));
        Assert.Equal(3, (await store.GetEnvironmentsAsync(Cancel)).Count);
        Assert.Single(await store.GetPoolsAsync(Cancel));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(factory.File));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(factory.Folder));
    }

    [Fact]
    public async Task GivenProcessesThatWriteAtOnce_WhenTheyAreDone_ThenEverythingIsThere()
    {
        IStore store = await factory.OpenAsync();
        long seen = await store.WaitForChangeAsync(0, TimeSpan.Zero, Cancel);
        using ProbeProcess first = ProbeProcess.Start("write", factory.Folder, "4", "60");
        using ProbeProcess second = ProbeProcess.Start("write", factory.Folder, "4", "60");
        Assert.NotEqual(seen, await store.WaitForChangeAsync(seen, TimeSpan.FromMinutes(2), Cancel));
        string[][] said = await Task.WhenAll(first.ReadToEndAsync(), second.ReadToEndAsync());
        Assert.All(said, lines => Assert.Equal(240, lines.Length));
        IReadOnlyList<RunRecord> runs = await store.GetUnfinishedRunsAsync(Cancel);
        Assert.Equal(8, runs.Count);
        Assert.All(await Task.WhenAll(runs.Select(run => CountAsync(store, run.Id))), count => Assert.Equal(60, count));
        Assert.Empty(await store.CheckAsync(Cancel));
    }

    [Fact]
    public async Task GivenWriterThatIsKilled_WhenOpenedAgain_ThenNothingThatWasSaidToBeStoredIsLostOrHalfThere()
    {
        IStore store = await factory.OpenAsync();
        for (int round = 0; round < 3; round++)
        {
            using ProbeProcess writer = ProbeProcess.Start("write", factory.Folder, "4", "0");
            List<string> said = [];
            while (said.Count < 100 + (round * 37))
            {
                said.Add((await writer.ReadLineAsync())!);
            }

            said.AddRange(await writer.KillAsync());
            foreach (IGrouping<long, int> run in said
                .Select(line => line.Split(' ')).Where(words => words.Length == 2)
                .GroupBy(words => long.Parse(words[0]), words => int.Parse(words[1])))
            {
                Assert.InRange(await CountAsync(store, new(run.Key)), run.Max(), run.Max() + 1);
            }
        }

        Assert.Empty(await store.CheckAsync(Cancel));
        Assert.Equal(12, (await store.GetUnfinishedRunsAsync(Cancel)).Count);
        await store.SetSettingAsync("still", "writable", Cancel);
    }

    [Fact]
    public async Task GivenEngineInAnotherProcess_WhenItIsKilled_ThenItIsDeadAndThePlaceOfTheDriverIsFree()
    {
        IStore store = await factory.OpenAsync();
        EngineId engine = EngineId.New();
        using ProbeProcess probe = ProbeProcess.Start("hold", factory.Folder, engine.Value);
        Assert.Equal("driver", await probe.ReadLineAsync());
        Assert.True(store.IsAlive(engine));
        Assert.True(store.HasDriver());
        Assert.Null(store.TryBecomeDriver());
        await probe.KillAsync();
        Assert.False(store.IsAlive(engine));
        Assert.False(store.HasDriver());
        using IDisposable? place = store.TryBecomeDriver();
        Assert.NotNull(place);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(factory.Folder, "engines")));
    }

    // Journal, log and cursor of a run are of the same commits.
    private static async Task<int> CountAsync(IStore store, RunId run)
    {
        IReadOnlyList<RunEvent> events = await store.GetEventsAsync(run, Cancel);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => $"{number}"), events.Cast<TakenOver>().Select(taken => taken.By));
        Assert.Equal(events.Count, (await store.GetLogAsync(run, 0, null, int.MaxValue, Cancel)).Count);
        if (events.Count > 0)
        {
            Assert.Equal(events.Count + 1, Assert.Single(await store.GetOutputCursorsAsync(run, Cancel)).NextLine);
        }

        return events.Count;
    }
}
