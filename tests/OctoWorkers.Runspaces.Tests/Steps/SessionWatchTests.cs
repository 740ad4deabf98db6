using System.Diagnostics;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>The shell that watches a session, which is played by another shell.</summary>
public sealed class SessionWatchTests
{
    [Fact]
    public async Task GivenASessionThatIsOver_WhenItsWatchHearsOfIt_ThenItIsKilledAndWhatItWouldHaveRemovedIsGone()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("/bin/sh")
        {
            ArgumentList =
            {
                "-c",
                "touch \"$TMPDIR/dotnet-diagnostic-$$-1-socket\" \"$TMPDIR/clr-debug-pipe-$$-1-in\" \"$TMPDIR/CoreFxPipe_PSHost.1.$$.None.pwsh\" \"$TMPDIR/own\"; "
                + "(echo busy; echo idle; echo over) | sh -c \"$0\" watch end mark; sleep 60",
                RemoteScript.Watch,
            },
            Environment = { ["TMPDIR"] = folder.Path },
        };

        using Process session = Process.Start(start)!;
        await session.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(137, session.ExitCode);
        await Eventually.HoldsAsync(
            () => Directory.GetFiles(folder.Path).Select(Path.GetFileName).SequenceEqual(["own"]), "what the session would have removed is gone", TestContext.Current.CancellationToken);
    }
}
