using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>A worker that can make no control group but has python3, whose processes adopt what a tree leaves behind.</summary>
public sealed class LocalSubreaperTests : LocalContract
{
    protected override string? Missing
        => !File.Exists("/usr/bin/python3") ? "python3 is not installed" : !File.Exists("/bin/dash") ? "dash is not installed" : null;

    protected override string? Shell => Folder.Program(
        "groupless", "#!/bin/sh\nPATH=/usr/bin:/bin OCTOWORKERS_MEANS=Subreaper exec /bin/dash\n");

    [Fact]
    public async Task GivenNoControlGroups_WhenOpened_ThenTheGreetingNamesTheSubreaper()
    {
        IWorkerChannel channel = await OpenAsync();
        Assert.Equal(TerminationMeans.Subreaper, channel.Greeting.Means);
    }

    [Fact]
    public async Task GivenStepThatLeftNothing_WhenTerminatedAfterItsEnd_ThenNothingIsLeftForCertain()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, "sleep 0.01 & wait; exit 7");
        Assert.Equal(7, (await FollowAsync(channel, ticket)).ExitCode);
        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, Grace, Stop);
        Assert.Equal((TerminationVerdict.NothingLeft, TerminationMeans.Subreaper), (receipt.Verdict, receipt.Means));
        Assert.Empty(receipt.Ended);
    }
}
