using OctoWorkers.Engine;

namespace OctoWorkers.Cli.Tests;

public sealed class HomeFolderTests
{
    [Theory]
    [InlineData("/o", "/h", "/d", "/u", "/o")]
    [InlineData(null, "/h", "/d", "/u", "/h")]
    [InlineData(null, null, "/d", "/u", "/d/octoworkers")]
    [InlineData(null, "", "relative", "/u", "/u/.local/share/octoworkers")]
    public void GivenOptionAndEnvironment_WhenLookedFor_ThenTheFirstCounts(string? option, string? home, string? data, string? user, string expected)
        => Assert.Equal(expected, HomeFolder.Find(option, name => name switch
        {
            "OCTOWORKERS_HOME" => home,
            "XDG_DATA_HOME" => data,
            "HOME" => user,
            _ => null,
        }));

    [Fact]
    public void GivenNothing_WhenLookedFor_ThenItSaysHowToNameOne()
    {
        OctoWorkersException failure = Assert.Throws<OctoWorkersException>(() => HomeFolder.Find(null, _ => null));
        Assert.Equal(EngineError.InvalidArgument, failure.Error);
        Assert.Contains("--home", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<OctoWorkersException>(() => HomeFolder.Find(null, _ => null, hasOption: false));
        Assert.DoesNotContain("--home", failure.Message, StringComparison.Ordinal);
    }
}
