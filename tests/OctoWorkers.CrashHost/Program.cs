// An engine that kills itself at a given moment:
//   start HOME RUNBOOK POINT    starts the runbook in the environment "Test" and waits for its end
//   drive HOME POINT            is the driver until nothing is left to do
//   first HOME POINT            makes the environment and a runbook "Hello" in what may be an empty folder, and starts it
using OctoWorkers.Engine.Artifacts;
using OctoWorkers;
using OctoWorkers.CrashHost;
using OctoWorkers.Engine;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

CrashPoint point = new(args[^1], Environment.GetEnvironmentVariable("CRASH_TRACE") is null ? null : Console.Out);
await using SqliteStore store = await SqliteStore.OpenAsync(args[1], TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
IStore crashing = CrashingProxy.Around<IStore>(store, point);
CrashingTransport transport = new(new LocalTransport(TimeProvider.System), point);
await using OctoWorkersEngine engine = new(crashing, [transport], new SecretKeyring(args[1], null, TimeProvider.System), new ArtifactFolder(args[1]), new NoLauncher(), TimeProvider.System);
if (args[0] == "drive")
{
    await engine.DriveUntilIdleAsync(CancellationToken.None).ConfigureAwait(false);
    return 0;
}

string runbook = args[2];
if (args[0] == "first")
{
    runbook = "Hello";
    await store.PutEnvironmentAsync(new EnvironmentDefinition("Test"), mustBeNew: false, CancellationToken.None).ConfigureAwait(false);
    ScriptAction hello = new("echo hello; echo \"$OCTOWORKERS_TICKET\" >> \"$HERE/effects\"");
    RunbookDefinition definition = new(runbook, [new StepDefinition("Say hello", hello)]);
    await store.PutRunbookAsync(definition, TimeProvider.System.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
}

RunRecord run = await engine.StartRunAsync(new NewRun(runbook, "Test") { Token = "the-run" }, CancellationToken.None).ConfigureAwait(false);
RunRecord ended = await engine.WaitForRunAsync(run.Id, CancellationToken.None).ConfigureAwait(false);
return ended.Status == RunStatus.Success ? 0 : 1;
