using System.Text;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class ScriptFileTests : IDisposable
{
    private readonly DefinitionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GivenScriptInFile_WhenRead_ThenItIsFoundBesideTheDefinitionsAndAboveThem()
    {
        _folder.Write("sub/a.yaml", Runbook("scripts/one.sh"));
        _folder.Write("sub/scripts/one.sh", "echo one\n");
        _folder.Write("sub/b.yaml", Runbook("../two.sh").Replace("name: R", "name: Q", StringComparison.Ordinal));
        _folder.Write("two.sh", "echo two\n");

        DefinitionSet set = await _folder.ReadAsync();

        Assert.Equal(["echo one\n", "echo two\n"], set.Runbooks.Select(Body));
    }

    [Fact]
    public async Task GivenScriptFromWindows_WhenRead_ThenItsLinesEndAsBashNeedsThem()
    {
        _folder.Write("a.yaml", Runbook("w.sh"));
        _folder.Write("w.sh", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("echo 🐙\r\nprintf 'a\rb'\r\n")]);

        Assert.Equal("echo 🐙\nprintf 'a\rb'\n", Body((await _folder.ReadAsync()).Runbooks[0]));
    }

    [Fact]
    public async Task GivenAbsolutePathAndScriptOfSixteenMebibytes_WhenRead_ThenItIsAllThere()
    {
        byte[] script = new byte[16 * 1024 * 1024];
        Array.Fill(script, (byte)'#');
        _folder.Write("a.yaml", Runbook(_folder.Write("big.sh", script)));

        Assert.Equal(script.Length, Body((await _folder.ReadAsync()).Runbooks[0]).Length);
    }

    [Fact]
    public async Task GivenScriptOfMoreThanSixteenMebibytes_WhenRead_ThenItIsRefused()
    {
        byte[] script = new byte[(16 * 1024 * 1024) + 1];
        Array.Fill(script, (byte)'#');
        _folder.Write("s.sh", script);

        await AssertProblem("s.sh", "the script file 's.sh' is larger than 16 MiB");
    }

    [Fact]
    public async Task GivenNoSuchFile_WhenRead_ThenTheMessageSaysWhereItWasLookedFor()
        => await AssertProblem(
            "gone.sh", "the script file 'gone.sh' does not exist; its path is relative to the definitions file, so it was looked for at 'gone.sh'");

    [Fact]
    public async Task GivenScriptFileThatIsNoScript_WhenRead_ThenTheMessageSaysWhy()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "d"));
        _folder.Write("empty.sh", " \n");
        _folder.Write("nul.sh", "echo a\0b\n");
        _folder.Write("latin.sh", [.. "echo "u8, 0xE9]);
        _folder.Write("wide.sh", [0xFF, 0xFE, (byte)'e', 0]);

        await AssertProblem("d", "the script file 'd' is a folder");
        await AssertProblem("empty.sh", "the script file 'empty.sh' is empty");
        await AssertProblem("nul.sh", "the script file 'nul.sh' holds a NUL character (its character 7), which no name, argument or script can hold");
        await AssertProblem("latin.sh", "the script file 'latin.sh' is not UTF-8: the byte 0xE9 at offset 5 begins no character; convert it to UTF-8");
        await AssertProblem("wide.sh", "the script file 'wide.sh' is UTF-16; convert it to UTF-8");
    }

    private async Task AssertProblem(string file, string message)
    {
        _folder.Write("a.yaml", Runbook(file));

        // The temporary folder may be too long for the message, which cuts it: compare what is left without it.
        string problem = Assert.Single(await _folder.ReadProblemsAsync());
        Assert.Equal($"a.yaml:1:60: {message}", problem);
    }

    private static string Body(Located<RunbookDefinition> runbook) => Assert.IsType<ScriptAction>(runbook.Value.Steps[0].Action).Body;

    private static string Runbook(string file) => $"runbooks: [{{name: R, steps: [{{name: S, script: {{  file:    '{file}' }} }}] }}]\n";
}
