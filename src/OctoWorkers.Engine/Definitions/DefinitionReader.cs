using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads definitions from YAML files (docs/definitions.md).</summary>
public static class DefinitionReader
{
    /// <summary>Reads files, and the scripts that they name. References to what is not defined in them are no error here: see <see cref="DefinitionSet.CheckReferences"/>.</summary>
    /// <param name="paths">
    /// Files, and folders: all of a folder's <c>*.yaml</c> and <c>*.yml</c> files, recursively, in ordinal order, without hidden ones. A file that
    /// is met twice is read once.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDefinitionsException">Something is wrong in them: it holds all problems of all files.</exception>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.DefinitionNotReadable"/> when a file or folder cannot be read: it names all of them; its subject is the path, or an array of the paths.</exception>
    public static async Task<DefinitionSet> ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        List<(string Path, string Problem)> unreadable = [];
        ReadingContext context = new();
        DocumentReader documents = new(context);
        foreach (string file in DefinitionFiles.Find(paths, unreadable))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                TextFile content = await TextFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
                foreach (YamlNode root in Parse(file, content, context.Problems))
                {
                    await documents.ReadAsync(root, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable.Add((file, exception is FileNotFoundException or DirectoryNotFoundException
                    ? $"The definitions file {FoundText.Quote(file)} does not exist"
                    : $"The definitions file {FoundText.Quote(file)} cannot be read: {exception.Message.TrimEnd('.')}"));
            }
        }

        if (unreadable.Count > 0)
        {
            object subject = unreadable is [var only] ? only.Path : unreadable.Select(one => one.Path).ToArray();
            throw new OctoWorkersException(EngineError.DefinitionNotReadable, string.Join('\n', unreadable.Select(one => one.Problem)), subject);
        }

        context.Problems.ThrowIfAny();
        return documents.ToSet();
    }

    private static IReadOnlyList<YamlNode> Parse(string file, TextFile content, ProblemList problems)
    {
        if (content.Problem is not null)
        {
            problems.Add(TextFile.Locate(file, content.Text, content.Text.Length), $"the file {content.Problem}");
            return [];
        }

        // The parser takes a NUL for the end of the file and would leave out the rest without a word.
        int nul = content.Text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            problems.Add(TextFile.Locate(file, content.Text, nul), "the file holds a NUL character; YAML is text");
            return [];
        }

        try
        {
            return YamlTreeReader.Read(file, content.Text);
        }
        catch (InvalidDefinitionsException exception)
        {
            foreach (DefinitionProblem problem in exception.Problems)
            {
                problems.Add(problem.Location, problem.Message);
            }

            return [];
        }
    }
}
