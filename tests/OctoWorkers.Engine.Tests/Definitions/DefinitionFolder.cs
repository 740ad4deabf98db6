using System.Text;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

/// <summary>A temporary folder with definitions files, removed at the end.</summary>
internal sealed class DefinitionFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("octoworkers-definitions-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    internal string Write(string name, string text) => Write(name, new UTF8Encoding(false).GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Reads the whole folder.</summary>
    internal Task<DefinitionSet> ReadAsync() => DefinitionReader.ReadAsync([Path], TestContext.Current.CancellationToken);

    /// <summary>Reads the whole folder, which must have problems; gives them as they are shown, with paths below the folder.</summary>
    internal async Task<string[]> ReadProblemsAsync()
    {
        InvalidDefinitionsException exception = await Assert.ThrowsAsync<InvalidDefinitionsException>(ReadAsync);
        Assert.Equal(EngineError.InvalidDefinition, exception.Error);
        return [.. exception.Problems.Select(problem => Relative(problem.ToString()))];
    }

    internal string Relative(string message) => message.Replace(Path + "/", "", StringComparison.Ordinal);

    /// <summary>Reads one file of the given text.</summary>
    internal static async Task<DefinitionSet> ReadTextAsync(string yaml)
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", yaml);
        return await folder.ReadAsync();
    }

    /// <summary>The problems of one file <c>a.yaml</c> of the given text.</summary>
    internal static async Task<string[]> ReadTextProblemsAsync(string yaml)
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", yaml);
        return await folder.ReadProblemsAsync();
    }
}
