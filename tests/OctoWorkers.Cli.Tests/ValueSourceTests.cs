using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

/// <summary>Values that are read from somewhere: what they may hold.</summary>
public sealed class ValueSourceTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Theory]
    [InlineData(new byte[] { 0x63, 0x61, 0x66, 0xE9, 0x0A }, "is not UTF-8: the byte 0xE9 at offset 3 begins no character; convert it to UTF-8.")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xC3 }, "is not UTF-8: the byte 0xC3 at offset 4 begins no character; convert it to UTF-8.")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, "is UTF-16; convert it to UTF-8.")]
    public async Task GivenFileThatIsNotUtf8_WhenValuesAreReadFromIt_ThenItIsRefusedAndThePlaceNamed(byte[] bytes, string problem)
    {
        string file = harness.WriteFile("value", "");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        foreach (string[] kind in (string[][])[[], ["--sensitive"]])
        {
            CommandOutcome outcome = await harness.RunAsync(["variable", "set", "A", "--value-file", file, .. kind]);
            Assert.Equal((ExitCodes.Usage, $"octoworkers: InvalidArgument: --value-file: the file '{file}' {problem}\n"), (outcome.ExitCode, outcome.Error));
        }

        Assert.Empty((JArray)await harness.JsonAsync("variable", "list"));
        CommandOutcome run = await harness.RunAsync("run", "R", "--environment", "E", "--variable-file", $"A={file}");
        Assert.Equal((ExitCodes.Usage, $"octoworkers: InvalidArgument: --variable-file: the file '{file}' {problem}\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task GivenByteOrderMark_WhenAValueIsReadFromAFile_ThenItIsNoPartOfTheValue()
    {
        string file = harness.WriteFile("value", "");
        await File.WriteAllBytesAsync(file, [0xEF, 0xBB, 0xBF, (byte)'a', (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'], TestContext.Current.CancellationToken);
        Assert.Equal("a\r\n", (await harness.JsonAsync("variable", "set", "A", "--value-file", file)).Value<string>("value"));
    }

    [Fact]
    public async Task GivenNul_WhenAValueIsSetOrGiven_ThenItIsRefusedAndTheVariableNamed()
    {
        const string Problem = "InvalidDefinition: The value of variable 'A' holds a NUL character (its character 5), which no name, argument or script can hold. "
            + "Remove it, or give the value encoded, in base64 for instance.\n";
        string file = harness.WriteFile("nul", "four\0four");
        harness.SecretInput = "four\0four";
        foreach (string[] command in (string[][])[
            ["variable", "set", "A", "--value-file", file], ["variable", "set", "A", "--value-file", file, "--sensitive"], ["variable", "set", "A", "--sensitive"],
            ["run", "R", "--environment", "E", "--variable-file", $"A={file}"]])
        {
            CommandOutcome outcome = await harness.RunAsync(command);
            Assert.Equal((ExitCodes.Usage, $"octoworkers: {Problem}"), (outcome.ExitCode, outcome.Error));
        }

        Assert.Empty((JArray)await harness.JsonAsync("variable", "list"));
    }
}
