using System.Text;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public abstract partial class WorkerChannelContract
{
    private static readonly string[] OddTexts =
        ["", " ", "it's", "'", "''\\''", "\"$HOME\" $(id) `id` ${x}", "a\nb\n\n", "\u00e9\U0001F419", "-n", "*", "\\", "a\tb\rc", "; }", "{ exit 9; }"];

    [Fact]
    public async Task GivenOddTexts_WhenTheyAreArgumentsAndVariables_ThenTheyArriveAsTheyAre()
    {
        IWorkerChannel channel = await EnterAsync();
        foreach (string text in OddTexts)
        {
            string ticket = NewTicket();
            AttemptStart start = Attempt(ticket, """printf '<%s>' "$#" "$1" "$2" "$V" "$n" """) with
            {
                Arguments = [text, "second"],
                Environment = new Dictionary<string, string> { ["V"] = text, ["n"] = "own" },
            };
            await channel.StartAsync(start, Stop);
            Assert.Equal($"<2><{text}><second><{text}><own>", (await FollowAsync(channel, ticket)).Out);
        }
    }

    [Fact]
    public async Task GivenNul_WhenStarted_ThenItIsRefusedBeforeAnythingRuns()
    {
        IWorkerChannel channel = await EnterAsync();
        OctoWorkersException failure = await FailsAsync(
            EngineError.InvalidArgument, () => channel.StartAsync(Attempt(NewTicket(), "script\0"), Stop));
        Assert.Contains("script", failure.Message, StringComparison.Ordinal);
        Assert.Empty((await channel.EnterRunAsync(Run1, 1, 0, Stop)).Tickets);
    }

    [Fact]
    public async Task GivenOptionsOfTheInterpreter_WhenStarted_ThenTheyComeBeforeTheScript()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        AttemptStart start = Attempt(ticket, "echo $1 $2; false; echo no") with { Interpreter = ["sh", "-u", "-e"], Arguments = ["a", "b"] };
        await channel.StartAsync(start, Stop);
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.Equal(("a b\n", 1), (result.Out, result.ExitCode));
    }

    [Fact]
    public async Task GivenInterpreterThatIsNotThere_WhenStarted_ThenItEndsWith127()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        await channel.StartAsync(Attempt(ticket, "echo") with { Interpreter = ["no-such-interpreter"] }, Stop);
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.Equal(127, result.ExitCode);
        Assert.Contains("no-such-interpreter", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenVariablesThatShellsReserve_WhenStarted_ThenTheScriptSeesThem()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        AttemptStart start = Attempt(ticket, "env") with
        {
            Interpreter = ["sh"],
            Environment = new Dictionary<string, string> { ["UID"] = "5", ["IFS"] = "x", ["OPTIND"] = "3", ["LC_ALL"] = "C.UTF-8" },
        };
        await channel.StartAsync(start, Stop);
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        string[] lines = result.Out.Split('\n');
        Assert.Contains("UID=5", lines);
        Assert.Contains("LC_ALL=C.UTF-8", lines);
        Assert.Contains($"OCTOWORKERS_TICKET={ticket}", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("ow_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenScript_WhenRun_ThenItsSignalsAreTheDefaultOnes()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(channel, "grep -E '^Sig(Ign|Blk|Cgt)' /proc/self/status | tr -d '\\n\\t'");
        string zero = new('0', 16);
        Assert.Contains($"SigBlk:{zero}SigIgn:{zero}", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenScript_WhenRun_ThenItHasASessionAndNoDescriptorOfTheRunner()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(
            channel, "read -r line </proc/$$/stat; set -- ${line##*) }; [ $4 = $$ ] && echo leader; umask; ls -l /proc/self/fd | grep -e '->'");
        string[] lines = result.Out.Split('\n');
        Assert.Equal("leader", lines[0]);
        Assert.NotEqual("0077", lines[1]);
        Assert.All(
            lines.Where(line => line.Contains(StateHome, StringComparison.Ordinal)),
            line => Assert.Matches("/p[12]$", line));
    }

    [Fact]
    public async Task GivenNoiseOfLoginScripts_WhenOpened_ThenItIsSkipped()
    {
        string real = Connection.Shell ?? "sh";
        string noisy = Folder.Program("noisy", $"#!/bin/sh\nprintf 'Welcome\\n\\nOW1 0123 sh\\nH x\\n'; printf 'and no newline'\nexec {real}\n");
        IWorkerChannel channel = await OpenAsync(WithShell(noisy));
        await channel.EnterRunAsync(Run1, 1, 0, Stop);
        Assert.Equal("ok\n", (await RunAsync(channel, "echo ok")).Out);
    }

    [Fact]
    public async Task GivenProgramThatIsNoShell_WhenOpened_ThenItIsUnusable()
    {
        OctoWorkersException failure = await FailsAsync(EngineError.WorkerUnusable, () => OpenAsync(WithShell("/bin/false")));
        Assert.Contains("worker7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenOpenThatHangs_WhenCancelled_ThenNothingIsLeftRunning()
    {
        string mark = Folder.File("hangs");
        Folder.Program("hangs", "#!/bin/sh\nwhile :; do sleep 0.05; [ -d \"${0%/*}\" ] || exit; done\n");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        WorkerAddress address = new("0123456789abcdef", new WorkerId(7), "worker7", WithShell(mark));
        Task<IWorkerChannel> opening = Transport.OpenAsync(address, stop.Token);
        await TestKit.Processes.Eventually.HoldsAsync(
            () => TestKit.Processes.ProcessTree.WithCommandLine(mark).Count > 0, "the shell was started", Stop);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.DoesNotContain(
            TestKit.Processes.ProcessTree.WithCommandLine(mark), id => TestKit.Processes.ProcessTree.Children(Environment.ProcessId).Contains(id));
    }
}
