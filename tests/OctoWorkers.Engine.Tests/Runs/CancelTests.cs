using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Time;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class CancelTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAStepThatRuns_WhenTheRunIsCanceled_ThenItsTreeIsGoneAndOnlyAlwaysStepsRun()
    {
        await using RunWorld world = await CreateAsync();
        RunId run = await world.StartAsync(
            Step("long", "sleep 7101 & echo \"$! there\"; sleep 7102"),
            Step("never", "echo never"),
            Step("always", "echo always") with { Condition = StepCondition.Always });
        await world.First.SaysAsync(run, 1, "there");
        int child = int.Parse((await world.First.TextAsync(run, 1))[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(ProcessTree.IsRunning(child));
        await world.First.Engine.CancelRunAsync(run, "enough", Stop);
        await world.First.EndAsync(run);

        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal(RunStatus.Canceled, details.Run.Status);
        Assert.Equal([StepStatus.Canceled, StepStatus.Skipped, StepStatus.Succeeded], details.Steps.Select(step => step.Status));
        Assert.Equal(["always"], await world.First.TextAsync(run, 3));
        TerminationReceipt receipt = details.Steps[0].Attempts.Single().Receipt!;
        Assert.Contains(receipt.Verdict, new[] { TerminationVerdict.NothingLeft, TerminationVerdict.NoneFound });
        Assert.Contains(receipt.Ended, ended => ended.ProcessId == child);
        Assert.False(ProcessTree.IsRunning(child));
        Assert.Contains(await world.First.TextAsync(run, 0), line => line.StartsWith("Canceled by ", StringComparison.Ordinal) && line.EndsWith(": enough.", StringComparison.Ordinal));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAConnectionThatHangs_WhenTheRunIsCanceled_ThenItIsWaitedForOnceAndTheNextContactCleans()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await world.PutAsync("the runbook", Step("long", "echo there; sleep 7106"));
        List<string> asked = [];
        await using (OctoWorkersEngine engine = new(world.First.Store, [world.Transport], world.First.Secrets, world.First.Artifacts, world.First.Launcher, new FastTime(20)))
        {
            RunRecord run = await engine.StartRunAsync(new("the runbook", TestEnvironment), Stop);
            await world.First.SaysAsync(run.Id, 1, "there");
            world.Transport.Before = async (_, method, token) =>
            {
                lock (asked)
                {
                    asked.Add(method);
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            };
            await engine.CancelRunAsync(run.Id, "", Stop);
            Assert.Equal(RunStatus.Canceled, (await engine.WaitForRunAsync(run.Id, Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop)).Status);
            TerminationReceipt receipt = (await world.First.DetailsAsync(run.Id)).Steps[0].Attempts.Single().Receipt!;
            Assert.Equal(TerminationVerdict.Unverified, receipt.Verdict);
        }

        // Output that came meanwhile may have been asked for; nothing else was.
        Assert.Equal(["TerminateAsync"], asked.Where(method => method != "FollowAsync"));
        world.Transport.Before = null;
        await world.First.Engine.CheckWorkerAsync((await world.First.Store.GetWorkersAsync(Stop))[0], Stop);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAnAlwaysStepThatHangs_WhenTheRunIsCanceledTwice_ThenItIsEndedToo()
    {
        await using RunWorld world = await CreateAsync();
        RunId run = await world.StartAsync(
            Step("long", "echo there; sleep 7103"), Step("always", "echo there; sleep 7104") with { Condition = StepCondition.Always });
        await world.First.SaysAsync(run, 1, "there");
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        await world.First.SaysAsync(run, 2, "there");
        Assert.Equal(RunStatus.Cancelling, (await world.First.DetailsAsync(run)).Run.Status);
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(run)).Status);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAQueuedRun_WhenItIsCanceled_ThenItNeverStartsAndTheOneThatHeldTheSlotGoesOn()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("taskCap", "1");
        await world.PutAsync("holder", Step("holds", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        RunRecord holder = await world.First.StartAsync("holder");
        await world.First.SaysAsync(holder.Id, 1, "there");
        RunId queued = await world.StartAsync(Step("never", $"touch '{world.File("never")}'"));
        await world.First.BecomesAsync(queued, details => details.Run.WaitingFor is not null, "it waits");
        await world.First.Engine.CancelRunAsync(queued, "", Stop);
        RunRecord ended = await world.First.EndAsync(queued);
        Assert.Equal(RunStatus.Canceled, ended.Status);
        Assert.Null(ended.Started);
        Assert.Equal([StepStatus.Skipped], (await world.First.DetailsAsync(queued)).Steps.Select(step => step.Status));
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(holder.Id)).Status);
        Assert.False(File.Exists(world.File("never")));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAParentThatWaits_WhenItIsCanceled_ThenItsChildIsCanceledOnce()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(
            "child",
            Step("long", "echo there; sleep 7105"),
            Step("tidies up", "echo tidy") with { Condition = StepCondition.Always });
        RunId parent = await world.StartAsync(Call("calls", "child"), Step("never", "true"));
        RunDetails waiting = await world.First.BecomesAsync(parent, details => details.Steps[0].Child is not null, "the child was created");
        RunId child = waiting.Steps[0].Child!.Value;
        await world.First.SaysAsync(child, 1, "there");
        await world.First.Engine.CancelRunAsync(parent, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(parent)).Status);
        RunDetails details = await world.First.DetailsAsync(child);
        Assert.Equal(RunStatus.Canceled, details.Run.Status);
        Assert.Equal([StepStatus.Canceled, StepStatus.Succeeded], details.Steps.Select(step => step.Status));
        Assert.Single((await world.First.Store.GetEventsAsync(child, Stop)).OfType<CancelRequested>());
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAParentThatWaits_WhenItIsCanceledTwice_ThenTheChildsAlwaysStepIsEndedToo()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(
            "child", Step("long", "echo there; sleep 7106"), Step("always", "echo there; sleep 7107") with { Condition = StepCondition.Always });
        RunId parent = await world.StartAsync(Call("calls", "child"));
        RunId child = (await world.First.BecomesAsync(parent, details => details.Steps[0].Child is not null, "the child was created")).Steps[0].Child!.Value;
        await world.First.SaysAsync(child, 1, "there");
        await world.First.Engine.CancelRunAsync(parent, "", Stop);
        await world.First.SaysAsync(child, 2, "there");
        await world.First.Engine.CancelRunAsync(parent, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(parent)).Status);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(child)).Status);
    }

    [Fact]
    public async Task GivenAStepThatWaitsForItsRetry_WhenTheRunIsCanceled_ThenItIsNotRetried()
    {
        await using RunWorld world = await CreateAsync();
        RunId run = await world.StartAsync(Step("fails", "exit 1") with { Retry = new() { Count = 1, Backoff = TimeSpan.FromMinutes(4) } });
        await world.First.BecomesAsync(run, details => details.Steps[0].Attempts is [{ Outcome: AttemptOutcome.Failed }], "it failed once");
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        await world.First.EndAsync(run);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.Equal(RunStatus.Canceled, details.Run.Status);
        Assert.Equal(StepStatus.Canceled, details.Steps[0].Status);
        Assert.Single(details.Steps[0].Attempts);
    }

    [Theory]
    [InlineData("nohup", "nohup sleep 7{0}1 >/dev/null 2>&1 & ")]
    [InlineData("setsid", "setsid sleep 7{0}2 >/dev/null 2>&1 & ")]
    [InlineData("double fork", "( ( sleep 7{0}3 >/dev/null 2>&1 & ) & ) ; ")]
    [InlineData("held output", "( setsid sleep 7{0}4 & ) ; ")]
    [InlineData("clean", "( cd / ; env -i setsid /bin/sh -c 'exec </dev/null >/dev/null 2>&1; exec sleep 7{0}5' & ) ; ")]
    public async Task GivenAProcessThatHides_WhenTheRunIsCanceled_ThenNothingOfItIsLeft(string name, string start)
    {
        await using RunWorld world = await CreateAsync();
        string number = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string script = start.Replace("{0}", number, StringComparison.Ordinal);
        RunId run = await world.StartAsync(Step(name, $"{script} echo there; sleep 7{number}9"));
        await world.First.SaysAsync(run, 1, "there");
        string hidden = $"sleep 7{number}";
        await Eventually.HoldsAsync(() => Sleepers(hidden).Count >= 2, "both processes run", Stop);
        IReadOnlyList<int> before = Sleepers(hidden);
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        await world.First.EndAsync(run);
        TerminationReceipt receipt = (await world.First.DetailsAsync(run)).Steps[0].Attempts.Single().Receipt!;
        if (receipt.Means == TerminationMeans.Search && name == "clean")
        {
            foreach (int left in before.Where(ProcessTree.IsRunning))
            {
                ProcessTree.Kill(left);
            }

            Assert.Equal(TerminationVerdict.NoneFound, receipt.Verdict);
            Assert.Skip("this machine has no means that finds such a process");
        }

        Assert.DoesNotContain(before, ProcessTree.IsRunning);
        Assert.Equal(receipt.Means == TerminationMeans.Search ? TerminationVerdict.NoneFound : TerminationVerdict.NothingLeft, receipt.Verdict);
        await world.AssertNothingIsLeftAsync();

        IReadOnlyList<int> Sleepers(string text) => [.. ProcessTree.WithCommandLine(text).Where(id => IsSleep(id))];
    }

    // The script's own text is in the command line of nothing but what it starts.
    private static bool IsSleep(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/comm").Trim() == "sleep";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
