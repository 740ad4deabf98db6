using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class NearestWordTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Name", "name", 0)]
    [InlineData("nmae", "name", 1)]
    [InlineData("setpu", "setup", 1)]
    [InlineData("ca", "abc", 3)]
    public void GivenTwoWords_WhenCompared_ThenEditsAreCounted(string first, string second, int edits)
    {
        Assert.Equal(edits, NearestWord.Distance(first, second));
        Assert.Equal(edits, NearestWord.Distance(second, first));
    }

    [Theory]
    [InlineData("enviroment", "environment")]
    [InlineData("ENVIRONMENT", "environment")]
    [InlineData("nam", "name")]
    [InlineData("timeuot", "timeout")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    [InlineData("a", null)]
    public void GivenWord_WhenLookedFor_ThenTheNearestIsFoundIfItIsNear(string word, string? nearest)
        => Assert.Equal(nearest, NearestWord.Find(word, ["name", "environment", "timeout", "b"]));

    [Fact]
    public void GivenSeveralNearWords_WhenLookedFor_ThenTheFewestEditsWin()
        => Assert.Equal("pools", NearestWord.Find("pols", ["pulse", "polka", "pools"]));

    [Fact]
    public void GivenEndlessWord_WhenLookedFor_ThenNothingIsNear()
        => Assert.Equal("", NearestWord.Hint(new string('x', 1_000_000), [new string('x', 1_000_000)]));
}
