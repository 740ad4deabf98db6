namespace OctoWorkers.Cli.Tests;

public sealed class ErrorPageTests
{
    private static readonly string Page = RepositoryFiles.Read("docs", "errors.md");

    public static TheoryData<EngineError> Errors => [.. Enum.GetValues<EngineError>()];

    [Theory]
    [MemberData(nameof(Errors))]
    public void GivenError_WhenLookedUp_ThenThePageHasItWithItsExitCode(EngineError error)
        => Assert.Matches($@"(?m)^\| `{error}` \| [^|]+ \| [^|]+ \| [^|]+ \| {ExitCodes.Of(error)} \|$", Page);

    [Theory]
    [MemberData(nameof(Errors))]
    public void GivenErrorOtherThanABug_WhenMapped_ThenItHasACodeOfItsOwn(EngineError error)
        => Assert.Equal(error == EngineError.UnexpectedFailure, ExitCodes.Of(error) == ExitCodes.Unexpected);
}
