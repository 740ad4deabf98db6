using System.Globalization;
using Newtonsoft.Json.Linq;
using OctoWorkers.Engine;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli.Tests;

/// <summary>Calls the command in this process, with a store in a folder of its own.</summary>
internal sealed class CommandHarness : IDisposable
{
    internal CommandHarness() => Folder = Directory.CreateTempSubdirectory("octoworkers-cli-").FullName;

    internal string Folder { get; }

    internal string Home => Path.Combine(Folder, "home");

    internal FakeSignals Signals { get; } = new();

    /// <summary>The keys of its store, as another process has them.</summary>
    internal SecretKeyring Secrets => new(Home, null, TimeProvider.System);

    /// <summary>What a command that asks for a secret is told.</summary>
    internal string SecretInput { get; set; } = "";

    internal Dictionary<string, string> Environment { get; } = [];

    /// <summary>Whether the console can take lines back.</summary>
    internal bool CanRedraw { get; set; }

    /// <summary>Hears each text that is written to standard output.</summary>
    internal Action<string>? Written { get; set; }

    internal RecordingLauncher Launcher { get; } = new();

    internal async Task<CommandOutcome> RunAsync(params string[] arguments)
    {
        using WatchedWriter output = new(Written);
        using StringWriter error = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using CommandConsole console = new(output, error) { CanRedraw = CanRedraw };
        CommandContext context = new(
            console, TimeProvider.System, Signals, name => name == HomeFolder.Variable ? Home : Environment.GetValueOrDefault(name), _ => Launcher)
        {
            ReadSecret = _ => SecretInput,
        };
        int exitCode = await CommandLine.RunAsync(arguments, context);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Calls it with <c>--output json</c>; it must succeed.</summary>
    internal async Task<JToken> JsonAsync(params string[] arguments)
    {
        CommandOutcome outcome = await RunAsync([.. arguments, "--output", "json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JToken.Parse(outcome.Out);
    }

    internal string WriteFile(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    internal Task<SqliteStore> OpenStoreAsync() => SqliteStore.OpenAsync(Home, TimeProvider.System, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
