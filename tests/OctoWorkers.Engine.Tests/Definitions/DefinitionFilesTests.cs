using System.Text;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class DefinitionFilesTests : IDisposable
{
    private readonly DefinitionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GivenFolder_WhenRead_ThenItsYamlFilesAreReadInOrdinalOrderWithoutHiddenOnes()
    {
        foreach (string name in (string[])["b.yaml", "a/z.yml", "Z.YAML", "a.yaml", "a/.hidden.yaml", ".git/x.yaml", "notes.txt", "c.yaml.bak"])
        {
            _folder.Write(name, $"environments: [{{ name: '{name}' }}]\n");
        }

        DefinitionSet set = await _folder.ReadAsync();

        Assert.Equal(["Z.YAML", "a.yaml", "a/z.yml", "b.yaml"], set.Environments.Select(environment => environment.Value.Name));
    }

    [Fact]
    public async Task GivenFolderWithLinkToItself_WhenRead_ThenEachFileIsReadOnce()
    {
        _folder.Write("a.yaml", "environments: [{ name: E }]\n");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "again"), _folder.Path);

        Assert.Single((await _folder.ReadAsync()).Environments);
    }

    [Fact]
    public async Task GivenSameFileTwice_WhenRead_ThenItIsReadOnce()
    {
        string file = _folder.Write("sub/a.yaml", "environments: [{ name: E }]\n");
        string other = Path.Combine(_folder.Path, "sub", "..", "sub", "a.yaml");

        DefinitionSet set = await DefinitionReader.ReadAsync([file, other, _folder.Path], TestContext.Current.CancellationToken);

        Assert.Single(set.Environments);
    }

    [Fact]
    public async Task GivenFileWithAnotherEnding_WhenNamedItself_ThenItIsRead()
    {
        string file = _folder.Write("definitions.txt", "environments: [{ name: E }]\n");

        Assert.Single((await DefinitionReader.ReadAsync([file], TestContext.Current.CancellationToken)).Environments);
    }

    [Fact]
    public async Task GivenPathsThatCannotBeRead_WhenRead_ThenAllAreNamed()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        string gone = Path.Combine(_folder.Path, "gone.yaml");

        OctoWorkersException exception = await Assert.ThrowsAsync<OctoWorkersException>(() => DefinitionReader.ReadAsync(
            [gone, Path.Combine(_folder.Path, "empty"), ""], TestContext.Current.CancellationToken));

        Assert.Equal(EngineError.DefinitionNotReadable, exception.Error);
        Assert.Equal(
            "The folder 'empty' holds no *.yaml or *.yml file\n'' is not a path\nThe definitions file 'gone.yaml' does not exist",
            _folder.Relative(exception.Message));
        Assert.Equal([Path.Combine(_folder.Path, "empty"), "", gone], Assert.IsType<string[]>(exception.Subject));
    }

    [Fact]
    public async Task GivenCanceledToken_WhenRead_ThenReadingIsGivenUp()
    {
        _folder.Write("a.yaml", "environments: []\n");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DefinitionReader.ReadAsync([_folder.Path], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task GivenByteOrderMarkAndCarriageReturns_WhenRead_ThenTheyMakeNoDifference()
    {
        _folder.Write("a.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("runbooks:\r\n- name: R\r\n  steps:\r\n  - name: S\r\n    bash: |\r\n      a\r\n      b\r\n")]);

        DefinitionSet set = await _folder.ReadAsync();

        Assert.Equal("a\nb\n", Assert.IsType<ScriptAction>(set.Runbooks[0].Value.Steps[0].Action).Body);
        Assert.Equal((2, 3), (set.Runbooks[0].Location.Line, set.Runbooks[0].Location.Column));
    }

    [Fact]
    public async Task GivenFileThatIsNotUtf8_WhenRead_ThenTheByteIsNamed()
    {
        _folder.Write("a.yaml", [0xEF, 0xBB, 0xBF, .. "pools:\n- name: caf"u8, 0xE9, (byte)'\n']);
        _folder.Write("b.yaml", [0xFE, 0xFF, 0, (byte)'a']);
        _folder.Write("c.yaml", [.. "a"u8, 0xE2, 0x82]);

        Assert.Equal(
            [
                "a.yaml:2:12: the file is not UTF-8: the byte 0xE9 at offset 21 begins no character; convert it to UTF-8",
                "b.yaml:1:1: the file is UTF-16; convert it to UTF-8",
                "c.yaml:1:2: the file is not UTF-8: the byte 0xE2 at offset 1 begins no character; convert it to UTF-8",
            ],
            await _folder.ReadProblemsAsync());
    }
}
