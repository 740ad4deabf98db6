using System.Threading.Channels;
using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class PreparationTests
{
    [Fact]
    public async Task GivenAPreparationThatWasGivenUp_WhenItsStepIsPreparedAnew_ThenThatBeginsWhenTheOneBeforeHasGivenBackWhatItHad()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        Channel<RunMessage> inbox = Channel.CreateUnbounded<RunMessage>();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> happened = [];

        // A preparation asks neither for the run nor for what runs need.
        await using RunWork work = new(null!, null!, null!, inbox.Writer);
        work.Prepare(1, async token =>
        {
            begun.SetResult();
            await mayEnd.Task;
            happened.Add("gives back");
            token.ThrowIfCancellationRequested();
            return new RunMessage.PreparationGivenUp(0);
        });
        await begun.Task.WaitAsync(stop);
        work.GiveUpPreparation(1);
        work.Prepare(1, _ =>
        {
            happened.Add("takes");
            return Task.FromResult<RunMessage>(new RunMessage.PreparationGivenUp(2));
        });
        work.Prepare(2, _ => Task.FromResult<RunMessage>(new RunMessage.PreparationGivenUp(3)));
        Assert.Equal(new RunMessage.PreparationGivenUp(3), await inbox.Reader.ReadAsync(stop));
        Assert.Empty(happened);
        mayEnd.SetResult();
        Assert.Equal(new RunMessage.PreparationGivenUp(1), await inbox.Reader.ReadAsync(stop));
        Assert.Equal(new RunMessage.PreparationGivenUp(2), await inbox.Reader.ReadAsync(stop));
        Assert.Equal(["gives back", "takes"], happened);
    }
}
