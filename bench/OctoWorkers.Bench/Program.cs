using System.Globalization;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers;
using OctoWorkers.Bench;
using OctoWorkers.Engine;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

if (args is ["masking"])
{
    MaskingBench.Run(Console.Out);
    return;
}

if (args is ["queue", .. var numbers])
{
    await QueueBench.RunAsync(Console.Out, numbers);
    return;
}

if (args is ["planning", .. var sizes])
{
    await PlanningBench.RunAsync(Console.Out, sizes);
    return;
}

string home = Environment.GetEnvironmentVariable("OCTOWORKERS_HOME")
    ?? throw new OctoWorkersException(EngineError.InvalidArgument, "OCTOWORKERS_HOME is not set; give it the folder of the store to use.");

await using SqliteStore store = await SqliteStore.OpenAsync(home, TimeProvider.System, CancellationToken.None);
await store.SetSettingAsync("taskCap", "64", CancellationToken.None);

using SshTransport ssh = new(TimeProvider.System);
await using OctoWorkersEngine engine = new(store, [ssh, new LocalTransport(TimeProvider.System)], new SecretKeyring(home, null, TimeProvider.System),
    new ArtifactFolder(home), new NoDriver(), TimeProvider.System);
engine.StartDriving();

while (await Console.In.ReadLineAsync() is { } line)
{
    TimeSpan elapsed = await RunBatch.Parse(line).RunAsync(engine, CancellationToken.None);
    Console.WriteLine(elapsed.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture));
}
