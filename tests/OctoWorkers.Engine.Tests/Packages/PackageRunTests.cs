using System.Formats.Tar;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Tests.Runs;
using OctoWorkers.TestKit.Processes;
using Xunit;
using static OctoWorkers.Engine.Tests.Packages.PackageFiles;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Packages;

public sealed class PackageRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenPackages_WhenAStepRuns_ThenItFindsThemWhereItsVariablesSay()
    {
        await using RunWorld world = await CreateAsync("w1");
        await PushAsync(world, Zip(world.File("Acme.Web.1.0.0.zip"), ("old.txt", "old")));
        await PushAsync(world, Zip(world.File("Acme.Web.1.2.0.zip"), ("site/index.html", "hello from web")));
        await PushAsync(world, Tar(world.File("Acme.Db.2.0.0-rc.1.tar.gz"), TextEntry("schema.sql", "create"), Link(TarEntryType.SymbolicLink, "latest", "schema.sql")));
        await PushAsync(world, Zip(world.File("Tool.3.zip"), ("bin", "x")));
        StepDefinition step = Step(
            "uses",
            """
            cat site/index.html; echo
            cat Db/latest; echo
            cat "#{Octopus.Action.Package[Db].ExtractedPath}/schema.sql"; echo
            echo "$(get_octopusvariable Octopus.Action.Package.PackageId) $(get_octopusvariable Octopus.Action.Package.PackageVersion) #{Octopus.Action.Package[Db].PackageVersion} #{Octopus.Action.Package.FeedId}"
            [ "$(get_octopusvariable Octopus.Action.Package.ExtractedPath)" -ef . ] && echo here
            ls "$(get_octopusvariable 'Octopus.Action.Package[Tool].PackageFilePath')" | grep -c "$(get_octopusvariable 'Octopus.Action.Package[Tool].PackageFileName')"
            """) with
        {
            Packages = [new("acme.web"), new("Acme.Db") { Name = "Db" }, new("Tool") { Version = "3.0", Extract = false }, new("Nothing") { Acquire = PackageAcquisition.None }],
        };
        RunDetails run = await world.RunAsync(step);
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        Assert.Equal(
            ["hello from web", "create", "create", "Acme.Web 1.2.0 2.0.0-rc.1 feeds-builtin", "here", "1"], await world.First.TextAsync(run.Run.Id, 1));
        Assert.Equal(["1.2.0", "2.0.0-rc.1", "3", null], run.Plan!.Steps[0].Packages.Select(package => package.Version));
        Assert.Empty(await world.First.Store.GetLocksAsync(Stop));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenManyRunsThatWantAPackage_WhenTheyRun_ThenItIsMovedToTheWorkerOnce()
    {
        await using RunWorld world = await CreateAsync("w1");
        await PushAsync(world, Zip(world.File("Acme.1.0.zip"), ("a", new string('x', 100_000))));
        await world.PutAsync("uses", Step("uses", "wc -c <a") with { Packages = [new("Acme")] });
        RunRecord[] runs = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.First.StartAsync("uses")))];
        List<AcquiredPackage> acquired = [];
        foreach (RunRecord run in runs)
        {
            RunRecord ended = await world.First.EndAsync(run.Id);
            Assert.True(ended.Status == RunStatus.Success, ended.Error);
            acquired.AddRange((await world.First.Store.GetEventsAsync(run.Id, Stop)).OfType<PackageAcquired>().Select(happened => happened.Package));
        }

        Assert.Equal(6, acquired.Count);
        Assert.Equal(acquired[0].Size, acquired.Sum(package => package.Moved));
    }

    [Fact]
    public async Task GivenParallelStepsThatWantAPackage_WhenTheyRun_ThenItIsMovedToTheWorkerOnce()
    {
        await using RunWorld world = await CreateAsync("w1");
        await File.WriteAllBytesAsync(world.File("Big.1.0.tar.gz"), Zeros("zeros", 1L << 30), Stop);
        PackageRecord big = await PushAsync(world, world.File("Big.1.0.tar.gz"));
        int sent = 0;
        world.Transport.Before = (_, method, _) =>
        {
            _ = method == "SendAsync" ? Interlocked.Increment(ref sent) : 0;
            return Task.CompletedTask;
        };
        RunDetails run = await world.RunAsync([.. Enumerable.Range(1, 5).Select(number => Step($"uses {number}", "ls") with
        {
            Packages = [new("Big") { Extract = false }], Start = number == 1 ? StepStart.AfterPrevious : StepStart.WithPrevious,
        })]);
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        Assert.Equal(big.Size, (await world.First.Store.GetEventsAsync(run.Run.Id, Stop)).OfType<PackageAcquired>().Sum(happened => happened.Package.Moved));
        Assert.InRange(sent, 1, (int)(big.Size / (64 * 1024)) + 1);
    }

    [Fact]
    public async Task GivenTaskCapOneAndAParentAndAChildThatAcquireTheSamePackage_WhenRun_ThenItEnds()
    {
        await using RunWorld world = await CreateAsync("w1");
        await world.SetAsync("taskCap", "1");
        await PushAsync(world, Zip(world.File("Acme.1.0.zip"), ("a", "x")));
        await world.PutAsync("child", Step("uses", "cat a") with { Packages = [new("Acme")] });
        RunDetails run = await world.RunAsync(Step("uses", "cat a") with { Packages = [new("Acme")] }, Call("calls", "child"), Step("again", "cat a") with { Packages = [new("Acme")] });
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenNewestVersionChosen_WhenANewerOneComesDuringTheRun_ThenTheChildHasThatOfTheParent()
    {
        await using RunWorld world = await CreateAsync("w1");
        await PushAsync(world, Zip(world.File("Acme.1.0.zip"), ("a", "one")));
        Zip(world.File("Acme.2.0.zip"), ("a", "two"));
        string feed = Path.Combine(world.First.Store.Location, "packages");
        await world.PutAsync("child", Step("uses", "cat a") with { Packages = [new("Acme")] });
        RunDetails run = await world.RunAsync(
            Step("uses", $"cat a; cp '{world.File("Acme.2.0.zip")}' '{feed}'") with { Packages = [new("Acme")] }, Call("calls", "child"));
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        Assert.Equal(["one"], await world.First.TextAsync(run.Steps[1].Child!.Value, 1));
        Assert.Equal(["two"], await world.First.TextAsync((await world.First.RunAsync("child")).Run.Id, 1));
    }

    [Theory]
    [InlineData("Acmee", null, EngineError.PackageNotFound, "did you mean 'Acme'?")]
    [InlineData("Acme", "1.5", EngineError.PackageNotFound, "it has 2.0, 1.0")]
    public async Task GivenPackageThatIsNotThere_WhenPlanned_ThenTheNearestAreNamed(string id, string? version, EngineError cause, string words)
    {
        await using RunWorld world = await CreateAsync("w1");
        await PushAsync(world, Zip(world.File("Acme.1.0.zip"), ("a", "one")));
        await PushAsync(world, Zip(world.File("Acme.2.0.zip"), ("a", "two")));
        RunDetails run = await world.RunAsync(Step("uses", "true") with { Packages = [new(id) { Version = version }] });
        Assert.Equal((RunStatus.Failed, cause), (run.Run.Status, run.Cause));
        Assert.Contains(words, run.Run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFileThatChangedUnderItsVersion_WhenPlannedOrPushed_ThenBothHashesAreNamedUntilItIsPushedAnew()
    {
        await using RunWorld world = await CreateAsync("w1");
        PackageRecord before = await PushAsync(world, Zip(world.File("Acme.1.0.zip"), ("a", "one")));
        File.Delete(world.File("Acme.1.0.zip"));
        string changed = Zip(world.File("Acme.1.0.zip"), ("a", "other"));
        OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => PushAsync(world, changed));
        Assert.Equal(EngineError.PackageChanged, refused.Error);
        File.Copy(changed, Path.Combine(world.First.Store.Location, "packages", "Acme.1.0.zip"), overwrite: true);
        StepDefinition step = Step("uses", "cat a") with { Packages = [new("Acme")] };
        RunDetails run = await world.RunAsync(step);
        Assert.Equal(EngineError.PackageChanged, run.Cause);
        Assert.Contains(before.Hash!, run.Run.Error, StringComparison.Ordinal);
        PackageRecord after = await world.First.Engine.PushPackageAsync(changed, null, overwrites: true, Stop);
        Assert.Contains(after.Hash!, run.Run.Error, StringComparison.Ordinal);
        Assert.Equal(["other"], await world.First.TextAsync((await world.RunAsync(step)).Run.Id, 1));
    }

    [Fact]
    public async Task GivenConnectionThatBreaksOnTheWay_WhenAPackageIsMoved_ThenSendingGoesOnWhereItWas()
    {
        await using RunWorld world = await CreateAsync("w1");
        byte[] noise = new byte[3_000_000];
        new Random(7).NextBytes(noise);
        await File.WriteAllBytesAsync(world.File("noise"), noise, Stop);
        using (System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.Open(world.File("Big.1.0.zip"), System.IO.Compression.ZipArchiveMode.Create))
        {
            System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(archive, world.File("noise"), "noise");
        }

        await PushAsync(world, world.File("Big.1.0.zip"));
        int sent = 0;
        world.Transport.Before = (worker, method, _) =>
        {
            if (method == "SendAsync" && Interlocked.Increment(ref sent) is 20 or 40)
            {
                world.Transport.Cut(worker);
            }

            return Task.CompletedTask;
        };
        RunDetails run = await world.RunAsync(Step("uses", $"cmp noise '{world.File("noise")}' && echo same") with { Packages = [new("Big")] });
        Assert.True(run.Run.Status == RunStatus.Success, run.Run.Error);
        Assert.Equal(["same"], await world.First.TextAsync(run.Run.Id, 1));
        AcquiredPackage package = Assert.Single((await world.First.Store.GetEventsAsync(run.Run.Id, Stop)).OfType<PackageAcquired>()).Package;
        Assert.InRange(package.Moved, package.Size, package.Size * 2);
    }

    [Fact]
    public async Task GivenExtractionUnderWay_WhenTheRunIsCanceled_ThenItIsEndedAndNotWaitedFor()
    {
        await using RunWorld world = await CreateAsync("w1");
        await File.WriteAllBytesAsync(world.File("Big.1.0.tar.gz"), Zeros("zeros", 1L << 30), Stop);
        await PushAsync(world, world.File("Big.1.0.tar.gz"));
        RunId run = await world.StartAsync(Step("never", "echo never") with { Packages = [new("Big")] });
        string? file = null;
        await Eventually.HoldsAsync(
            () => (file = Directory.EnumerateFiles(world.StateHome, "zeros", SearchOption.AllDirectories).FirstOrDefault()) is not null, "it is extracted", Stop);
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(run)).Status);
        AttemptDetails attempt = (await world.First.DetailsAsync(run)).Steps[0].Attempts.Single();
        Assert.Equal((AttemptOutcome.Canceled, TerminationVerdict.NeverStarted), (attempt.Outcome, attempt.Receipt!.Verdict));
        Assert.False(File.Exists(file));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenCachedPackage_WhenTheWorkerIsCleaned_ThenItIsGoneUnlessARunUsesIt()
    {
        await using RunWorld world = await CreateAsync("w1");
        await PushAsync(world, Zip(world.File("Acme.1.0.zip"), ("a", "one")));
        WorkerRecord worker = (await world.First.Store.GetWorkersAsync(Stop)).Single();
        AcquiredPackage early = await world.First.Engine.AcquirePackageAsync(new("Acme"), worker, _ => Task.CompletedTask, Stop);
        Assert.Equal(early.Size, early.Moved);
        RunId run = await world.StartAsync(Step("uses", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done") with { Packages = [new("Acme")] });
        await world.First.SaysAsync(run, 1, "there");
        Assert.Equal((0, early.Size), Sizes(await world.First.Engine.CleanWorkerAsync(worker, TimeSpan.Zero, Stop)));
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await world.First.EndAsync(run);
        Assert.Equal((early.Size, 0), Sizes(await world.First.Engine.CleanWorkerAsync(worker, TimeSpan.Zero, Stop)));
    }

    private static (long Removed, long Left) Sizes(CacheClearance cleared) => (cleared.Removed, cleared.Left);

    private static Task<PackageRecord> PushAsync(RunWorld world, string file) => world.First.Engine.PushPackageAsync(file, null, overwrites: false, Stop);
}
