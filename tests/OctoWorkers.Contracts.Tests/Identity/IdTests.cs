using Xunit;

namespace OctoWorkers.Contracts.Tests.Identity;

public sealed class IdTests
{
    [Theory]
    [InlineData("RunbookRuns-42", 42)]
    [InlineData("runbookruns-1", 1)]
    public void GivenWrittenId_WhenRead_ThenItIsTheSame(string text, long number)
    {
        Assert.True(RunId.TryParse(text, out RunId id));
        Assert.Equal(new RunId(number), id);
        Assert.Equal($"RunbookRuns-{number}", id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("RunbookRuns-")]
    [InlineData("RunbookRuns-0")]
    [InlineData("RunbookRuns--1")]
    [InlineData("RunbookRuns- 1")]
    [InlineData("RunbookRuns-1x")]
    [InlineData("Workers-1")]
    [InlineData("RunbookRuns-99999999999999999999")]
    public void GivenSomethingElse_WhenReadAsAnId_ThenItIsRefused(string? text) => Assert.False(RunId.TryParse(text, out _));

    [Fact]
    public void GivenIds_WhenOrdered_ThenNumbersCountAndNotLetters()
        => Assert.Equal([2, 10], new[] { new RunId(10), new RunId(2) }.Order().Select(id => id.Number));
}
