using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", "00:00:00.5")]
    [InlineData("90s", "00:01:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("2h", "02:00:00")]
    [InlineData("1d", "1.00:00:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1d2h3m4s5ms", "1.02:03:04.005")]
    [InlineData("00:05:00", "00:05:00")]
    [InlineData("100:00:01", "4.04:00:01")]
    [InlineData("0s", "00:00:00")]
    [InlineData("30d", "30.00:00:00")]
    public void GivenDuration_WhenRead_ThenItIsThatLong(string text, string expected)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration, out string? problem), problem);
        Assert.Equal(TimeSpan.Parse(expected, null), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5min")]
    [InlineData("5 m")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("30m1h")]
    [InlineData("5M")]
    [InlineData("5m\n")]
    [InlineData("05:00")]
    [InlineData("00:60:00")]
    [InlineData("999999999d")]
    [InlineData("٥m")]
    public void GivenNoDuration_WhenRead_ThenTheProblemIsSaid(string text)
    {
        Assert.False(DurationText.TryParse(text, out _, out string? problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void GivenAnyDuration_WhenWritten_ThenItIsReadAgain()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), milliseconds =>
        {
            TimeSpan duration = TimeSpan.FromMilliseconds(milliseconds);
            return DurationText.TryParse(DurationText.Write(duration), out TimeSpan read, out _) && read == duration;
        }).QuickCheckThrowOnFailure();
}
