using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using Xunit;

namespace OctoWorkers.Engine.Tests.Compilation;

public sealed class AheadMethodBuilderTests
{
    [Fact]
    public async Task GivenAMethodThatNeverWaits_WhenCalled_ThenItsTaskHasItsResult()
    {
        Task<string> task = AfterAsync(Task.CompletedTask, static () => "done");
        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal("done", await task);
    }

    [Fact]
    public async Task GivenAMethodThatWaits_WhenItGoesOn_ThenItsCallerGetsTheResult()
    {
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string> task = AfterAsync(first.Task, static () => "done");
        Assert.False(task.IsCompleted);
        first.SetResult();
        Assert.Equal("done", await task);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenAMethodThatThrows_WhenAwaited_ThenItsCallerGetsTheSameException(bool waits)
    {
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        NotSupportedException thrown = new("no");
        Task<string> task = AfterAsync(waits ? first.Task : Task.CompletedTask, () => throw thrown);
        first.SetResult();
        Assert.Same(thrown, await Assert.ThrowsAsync<NotSupportedException>(() => task));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenAMethodThatIsCanceled_WhenAwaited_ThenItsTaskIsCanceledWithTheToken(bool waits)
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string> task = AfterAsync(
            waits ? first.Task : Task.CompletedTask,
            () =>
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
                return "";
            });
        first.SetResult();
        Assert.Equal(stop.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)).CancellationToken);
        Assert.True(task.IsCanceled);
    }

    [Fact]
    public async Task GivenAsyncLocals_WhenAMethodSetsThem_ThenItSeesThemAndItsCallerDoesNot()
    {
        AsyncLocal<int> value = new() { Value = 1 };
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string> task = SetAsync(value, first.Task);
        Assert.Equal(1, value.Value);
        first.SetResult();
        Assert.Equal("2", await task);
        Assert.Equal(1, value.Value);
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private static async Task<string> AfterAsync(Task first, Func<string> result)
    {
        await first.ConfigureAwait(false);
        return result();
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private static async Task<string> SetAsync(AsyncLocal<int> value, Task first)
    {
        value.Value = 2;
        await first.ConfigureAwait(false);
        return $"{value.Value}";
    }
}
