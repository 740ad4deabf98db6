using OctoWorkers.Engine.Tests.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Ssh;
using OctoWorkers.TestKit.Transports;
using Xunit;
using static OctoWorkers.Engine.Tests.Packages.PackageFiles;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Packages;

/// <summary>Packages on their way to a worker behind a real sshd.</summary>
public sealed class SshPackageTests(SshServer server) : IClassFixture<SshServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenSeveralRunsAtOnce_WhenTheirConnectionIsCut_ThenThePackageComesOnceAndWhole()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        using SshTransport ssh = new(TimeProvider.System);
        CuttingTransport transport = new(ssh);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutWorkerAsync(new("remote", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        string noise = Noise(world, 4_000_000);
        await PushAsync(engine, ZipWith(world.File("Acme.Web.1.2.0.zip"), noise, ("site/index.html", "hello")));
        int sent = 0;
        int entered = 0;
        TaskCompletionSource allEntered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        transport.Before = async (_, method, stopping) =>
        {
            if (method == "EnterRunAsync" && Interlocked.Increment(ref entered) == 3)
            {
                allEntered.SetResult();
            }

            // A run that was just making its first connection would find no worker. What is sent between shows that the last one's call has arrived.
            switch (method == "SendAsync" ? Interlocked.Increment(ref sent) : 0)
            {
                case 20:
                    await allEntered.Task.WaitAsync(stopping);
                    break;
                case 30:
                    server.CutConnections();
                    break;
                default:
                    break;
            }
        };
        await world.PutAsync(
            "the runbook",
            Step("uses", $"cmp noise '{noise}' && cat site/index.html; echo; echo \"#{{Octopus.Action.Package.PackageId}} #{{Octopus.Action.Package.PackageVersion}}\"; cd \"#{{Octopus.Action.Package.ExtractedPath}}\" && ls")
                with { Packages = [new("acme.web")] });
        RunRecord[] runs = [await engine.StartAsync("the runbook"), await engine.StartAsync("the runbook"), await engine.StartAsync("the runbook")];
        List<AcquiredPackage> acquired = [];
        foreach (RunRecord run in runs)
        {
            RunRecord ended = await engine.EndAsync(run.Id);
            Assert.True(ended.Status == RunStatus.Success, ended.Error);
            Assert.Equal(["hello", "Acme.Web 1.2.0", "noise", "site"], await engine.TextAsync(run.Id, 1));
            acquired.AddRange((await engine.Store.GetEventsAsync(run.Id, Stop)).OfType<PackageAcquired>().Select(happened => happened.Package));
        }

        // What had come before the cut was not sent again: at most what was under way.
        Assert.True(sent > 30);
        Assert.Equal(2, acquired.Count(package => package.Moved == 0));
        Assert.InRange(acquired.Sum(package => package.Moved), acquired[0].Size, acquired[0].Size + 3_000_000);
        await world.AssertNothingIsLeftAsync();
        await engine.Engine.CleanWorkerAsync((await engine.Store.GetWorkersAsync(Stop)).Single(), TimeSpan.Zero, Stop);
    }

    [Fact]
    public async Task GivenFileThatChangesUnderItsVersionOnceItIsChosen_WhenItIsSent_ThenTheStepFailsAndNamesBothHashes()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using RunWorld world = await CreateAsync();
        using SshTransport ssh = new(TimeProvider.System);
        CuttingTransport transport = new(ssh);
        await using EngineInstance engine = await EngineInstance.OpenAsync(world.First.Store.Location, transport);
        await world.First.Store.PutWorkerAsync(new("remote", server.Connection, [WorkerPoolDefinition.DefaultName]), true, Stop);
        PackageRecord before = await PushAsync(engine, Zip(world.File("Acme.1.0.zip"), ("a", "one")));
        string other = Zip(world.File("other.zip"), ("a", "two"));
        transport.Before = (_, method, _) =>
        {
            if (method == "FindAsync")
            {
                File.Copy(other, Path.Combine(world.First.Store.Location, "packages", "Acme.1.0.zip"), overwrite: true);
            }

            return Task.CompletedTask;
        };
        await world.PutAsync("the runbook", Step("uses", "cat a") with { Packages = [new("Acme") { Extract = false }] });
        RunDetails run = await engine.RunAsync("the runbook");
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("has changed since it was chosen", run.Steps[0].Error, StringComparison.Ordinal);
        Assert.Contains(before.Hash!, run.Steps[0].Error, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
        Assert.Equal(EngineError.PackageChanged, (await engine.RunAsync("the runbook")).Cause);
    }

    private static string Noise(RunWorld world, int size)
    {
        byte[] noise = new byte[size];
        new Random(7).NextBytes(noise);
        File.WriteAllBytes(world.File("noise"), noise);
        return world.File("noise");
    }

    private static string ZipWith(string path, string file, params (string Name, string Text)[] entries)
    {
        Zip(path, entries);
        using System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Update);
        System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(archive, file, Path.GetFileName(file));
        return path;
    }

    private static Task<PackageRecord> PushAsync(EngineInstance engine, string file) => engine.Engine.PushPackageAsync(file, null, overwrites: false, Stop);
}
