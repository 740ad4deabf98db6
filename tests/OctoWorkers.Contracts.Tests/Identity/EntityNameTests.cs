using Xunit;

namespace OctoWorkers.Contracts.Tests.Identity;

public sealed class EntityNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("It's a \"quoted\" name")]
    [InlineData("$(rm -rf /)")]
    [InlineData("名前 🐙")]
    [InlineData("-oProxyCommand=x")]
    public void GivenUnusualName_WhenChecked_ThenItIsFine(string name) => Assert.Equal(name, EntityName.Require(name, "step"));

    [Theory]
    [InlineData(null, "visible")]
    [InlineData("  ", "visible")]
    [InlineData("a\nb", "U+000A at position 2")]
    [InlineData("a\0b", "U+0000")]
    [InlineData("\u001b[31m", "U+001B at position 1")]
    [InlineData(" a", "space")]
    public void GivenBadName_WhenChecked_ThenTheErrorSaysWhatAndWhere(string? name, string expected)
    {
        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => EntityName.Require(name, "step"));
        Assert.Equal(EngineError.InvalidDefinition, error.Error);
        Assert.StartsWith("The step has no usable name", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenHalfASurrogatePair_WhenChecked_ThenItIsRefused()
        => Assert.Contains("surrogate", EntityName.Problem("a" + (char)0xD83D), StringComparison.Ordinal);

    [Fact]
    public void GivenNameOfTenKilobytes_WhenChecked_ThenItsLengthIsNamed()
        => Assert.Contains("has 10240", EntityName.Problem(new string('x', 10_240)), StringComparison.Ordinal);
}
