using System.Globalization;
using System.Text;
using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Scripts;

/// <summary>A worker of this machine, on which composed scripts run.</summary>
public abstract class ScriptWorld : IAsyncLifetime
{
    private const string Run = "RunbookRuns-1";
    private IWorkerChannel? channel;
    private int lastTicket;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Which runner it has.</summary>
    private protected virtual RunnerChoice Choice => RunnerChoice.Automatic;

    /// <summary>The login's environment.</summary>
    protected virtual Dictionary<string, string> Login => new()
    {
        ["XDG_STATE_HOME"] = Folder.Path,
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (channel is not null)
        {
            await channel.RemoveRunAsync(Run, CancellationToken.None);
            await channel.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Skips the test where the interpreter is not installed.</summary>
    protected static void Require(ScriptSyntax syntax)
    {
        string name = ScriptInterpreters.DemandOf(syntax).Name;
        Assert.SkipUnless(((string[])["/usr/local/bin/", "/usr/bin/", "/bin/"]).Any(folder => File.Exists(folder + name)), $"{name} is not installed");
    }

    private protected async Task<AttemptResult> RunAsync(ScriptSource source)
    {
        Require(source.Syntax);
        if (channel is null)
        {
            LocalTransport transport = new(TimeProvider.System) { Runner = Choice, Environment = Login };
            channel = await transport.OpenAsync(new("0123456789abcdef", new WorkerId(7), "worker7", new LocalConnection()), Stop);
            await channel.EnterRunAsync(Run, 1, 0, Stop);
        }

        string ticket = string.Create(CultureInfo.InvariantCulture, $"1-1-{++lastTicket}");
        Assert.Equal(StartResult.Started, await channel.StartAsync(source.Start(Run, 1, ticket), Stop));
        using MemoryStream output = new();
        using MemoryStream error = new();
        AttemptExited? exited = null;
        await foreach (AttemptSignal signal in channel.FollowAsync(ticket, default, Stop))
        {
            if (signal is OutputRead read)
            {
                (read.Stream == OutputKind.Out ? output : error).Write(read.Bytes.Span);
            }
            else
            {
                exited = (AttemptExited)signal;
            }
        }

        return new(output.ToArray(), error.ToArray(), exited!.ExitCode, exited.OutputHeldOpen);
    }

    private protected async Task<string> OutputAsync(ScriptSource source)
    {
        AttemptResult result = await RunAsync(source);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        return result.Out;
    }

    /// <summary>A service message, as it must be written.</summary>
    protected static string Message(string name, params (string Key, string Value)[] attributes)
        => $"##octopus[{name}{string.Concat(attributes.Select(pair => $" {pair.Key}='{Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value))}'"))}]\n";

    /// <summary>A line of a level, as it must be written.</summary>
    protected static string Line(string level, string text) => $"##octopus[stdout-{level}]\n{text}\n##octopus[stdout-default]\n";
}
