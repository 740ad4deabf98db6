using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads scripts: those in the definition itself, and those in files of their own.</summary>
internal sealed class ScriptReader(ProblemList problems)
{
    private static readonly string[] Keys = ["syntax", "body", "file", "arguments", "environment"];
    private static readonly (string, ScriptSyntax)[] Syntaxes = [("bash", ScriptSyntax.Bash)];

    private readonly Dictionary<string, TextFile> _files = new(StringComparer.Ordinal);

    internal ScriptAction? ReadBash(YamlNode node) => ReadBody(node, "bash") is { } body ? new(body) : null;

    internal async Task<ScriptAction?> ReadAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "'script'", Keys, problems) is not { } mapping)
        {
            return null;
        }

        ScriptSyntax syntax = mapping.Word("syntax", Syntaxes) ?? ScriptSyntax.Bash;
        List<string> arguments = [];
        foreach (YamlNode item in mapping.Items("arguments"))
        {
            if (ScalarValue.Text(item, "arguments", problems) is { } argument)
            {
                arguments.Add(argument);
            }
        }

        Dictionary<string, string> environment = ReadEnvironment(mapping.Value("environment"));
        if (mapping.Has("body") == mapping.Has("file"))
        {
            problems.Add(mapping.Location, $"'script' has either 'body' or 'file', this one has {(mapping.Has("body") ? "both" : "neither")}");
            return null;
        }

        string? body = mapping.Value("body") is { } inline ? ReadBody(inline, "body")
            : mapping.Value("file") is { } file ? await ReadFileAsync(file, cancellationToken).ConfigureAwait(false)
            : null;
        return body is null ? null : new(body) { Syntax = syntax, Arguments = arguments, Environment = environment };
    }

    private string? ReadBody(YamlNode node, string key)
    {
        if (ScalarValue.Text(node, key, problems) is not { } body)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(body))
        {
            problems.Add(node.Location, $"'{key}': the script is empty; if it stands below, indent it further than '{key}'");
            return null;
        }

        return body;
    }

    private Dictionary<string, string> ReadEnvironment(YamlNode? node)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        if (node is null)
        {
            return variables;
        }

        if (node is not YamlMapping mapping)
        {
            problems.Add(node.Location, $"'environment': expected a mapping of names to values, found {node.Found}");
            return variables;
        }

        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.Key is not YamlScalar key || !IsVariableName(key.Text))
            {
                problems.Add(
                    entry.Key.Location,
                    $"'environment': a variable's name has letters, digits and '_', and begins with no digit; found {entry.Key.Found}");
            }
            else if (entry.Value.IsNull)
            {
                problems.Add(key.Location, $"'{key.Text}' has no value; for an empty one write ''");
            }
            else if (variables.ContainsKey(key.Text))
            {
                problems.Add(key.Location, $"'environment': the variable '{key.Text}' is given twice");
            }
            else if (ScalarValue.Text(entry.Value, key.Text, problems) is { } text)
            {
                variables.Add(key.Text, text);
            }
        }

        return variables;
    }

    private static bool IsVariableName(string text)
        => text.Length is > 0 and <= 200 && !char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private async Task<string?> ReadFileAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (ScalarValue.Text(node, "file", problems) is not { } path)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            problems.Add(node.Location, "'file': expected a path, found an empty text");
            return null;
        }

        string found = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(node.Location.File))!, path));
        if (!_files.TryGetValue(found, out TextFile? file))
        {
            // Kept, because thousands of steps may name one file of 16 MiB.
            file = await ReadScriptAsync(found, cancellationToken).ConfigureAwait(false);
            _files.Add(found, file);
        }

        if (file.Problem is not null)
        {
            problems.Add(node.Location, $"the script file {FoundText.Quote(path)} {file.Problem}");
            return null;
        }

        return file.Text;
    }

    private static async Task<TextFile> ReadScriptAsync(string path, CancellationToken cancellationToken)
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
                : new(body, string.IsNullOrWhiteSpace(body) ? "is empty" : YamlScalar.FindProblem(body));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("", $"cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }
}
