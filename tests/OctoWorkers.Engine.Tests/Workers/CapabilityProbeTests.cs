using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;
using OctoWorkers.TestKit.Files;
using Xunit;

namespace OctoWorkers.Engine.Tests.Workers;

public sealed class CapabilityProbeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task GivenToolsOfWhichOneHangs_WhenProbed_ThenAllAreKnownAndNothingIsLeft()
    {
        Directory.CreateDirectory(folder.File("tools"));
        folder.Program("tools/git", "#!/bin/sh\necho git version 2.39.5\n");
        folder.Program("tools/helm", "#!/bin/sh\necho 'no version here'\nexit 3\n");
        folder.Program("tools/terraform", "#!/bin/sh\necho 'Warning' >&2\necho; echo; echo; echo 'Terraform v1.9.0'\n");
        string hanging = folder.Program("tools/kubectl", "#!/bin/sh\nexec sleep 300\n");
        folder.Program("tools/java", "#!/bin/sh\necho 'openjdk version \"17.0.15\" 2025-04-15' >&2\n");
        Directory.CreateDirectory(folder.File("sdk/bin"));
        folder.Program("sdk/bin/gcloud", "#!/bin/sh\nexec sleep 300\n");
        await File.WriteAllTextAsync(folder.File("sdk/VERSION"), "528.0.0\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder.File("sdk/lib"));
        await File.WriteAllTextAsync(folder.File("sdk/lib/gcloud.py"), "", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(folder.File("tools/gcloud"), folder.File("sdk/bin/gcloud"));
        LocalTransport transport = new(TimeProvider.System)
        {
            Environment = new Dictionary<string, string>
            {
                ["XDG_STATE_HOME"] = folder.Path,
                ["PATH"] = $"{folder.File("tools")}:{SystemTools()}",
            },
        };
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using IWorkerChannel channel = await transport.OpenAsync(new("0123456789abcdef", new WorkerId(7), "worker7", new LocalConnection()), stop);
        IReadOnlyDictionary<string, string> found = await CapabilityProbe.RunAsync(channel, TimeProvider.System, stop);
        Assert.Equal(("2.39.5", "", "1.9.0", "", "17.0.15", "528.0.0"), (found["git"], found["helm"], found["terraform"], found["kubectl"], found["java"], found["gcloud"]));
        Assert.False(found.ContainsKey("docker"));
        Assert.NotEmpty(found["shell"]);
        Assert.Empty(TestKit.Processes.ProcessTree.WithCommandLine(hanging));
    }

    [Fact]
    public void GivenLinesThatAreCut_WhenParsed_ThenOnlyWholeOnesCount()
    {
        IReadOnlyDictionary<string, string> found = CapabilityProbe.Parse("shell\tdash\ngit\t\ngit\tgit version 2.3\njq\t\nbash\tversion 5.");
        Assert.Equal(["git", "jq", "shell"], found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("2.3", "", "dash"), (found["git"], found["jq"], found["shell"]));
    }

    // A folder of what the script itself needs, so that the machine's own tools are not found.
    private string SystemTools()
    {
        string tools = folder.File("system");
        Directory.CreateDirectory(tools);
        foreach (string name in new[] { "sh", "perl", "grep", "head", "tr", "cut", "cat", "uname", "id", "mkdir", "mkfifo", "rm", "rmdir", "sleep", "readlink", "setsid", "env", "printf" })
        {
            string? path = ((string[])["/usr/bin/", "/bin/"]).Select(place => place + name).FirstOrDefault(File.Exists);
            if (path is not null)
            {
                File.CreateSymbolicLink(Path.Combine(tools, name), path);
            }
        }

        return tools;
    }
}
