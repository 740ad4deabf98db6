using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads the files that definitions name: scripts and values. Each is read once.</summary>
internal sealed class ReferencedFiles(ProblemList problems)
{
    private readonly Dictionary<string, TextFile> _files = new(StringComparer.Ordinal);

    /// <summary>The text of a file; null, and a problem, when it has none.</summary>
    /// <param name="node">Its path, relative to the definitions file.</param>
    /// <param name="key">The key that names it.</param>
    /// <param name="what">What the file is, for messages: "script file".</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<string?> ReadAsync(YamlNode node, string key, string what, CancellationToken cancellationToken)
    {
        if (ScalarValue.Text(node, key, problems) is not { } path)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            problems.Add(node.Location, $"'{key}': expected a path, found an empty text");
            return null;
        }

        string found = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(node.Location.File))!, path));
        if (!_files.TryGetValue(found, out TextFile? file))
        {
            // Kept, because thousands of steps may name one file of 16 MiB.
            file = await ReadAsync(found, cancellationToken).ConfigureAwait(false);
            _files.Add(found, file);
        }

        if (file.Problem is not null)
        {
            problems.Add(node.Location, $"the {what} {FoundText.Quote(path)} {file.Problem}");
            return null;
        }

        return file.Text;
    }

    private static async Task<TextFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            return new("", "is a folder");
        }

        if (!File.Exists(path))
        {
            return new("", $"does not exist; its path is relative to the definitions file, so it was looked for at {FoundText.Quote(path)}");
        }

        try
        {
            TextFile file = await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);

            // An interpreter would take the CR of a script written on Windows for a part of each line's last word.
            string body = file.Text.Replace("\r\n", "\n", StringComparison.Ordinal);
            return file.Problem is not null ? file
                : new(body, string.IsNullOrWhiteSpace(body) ? "is empty" : VariableText.Problem(body));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("", $"cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }
}
