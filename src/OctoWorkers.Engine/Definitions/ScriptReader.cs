using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads scripts: those in the definition itself, and those in files of their own.</summary>
internal sealed class ScriptReader(ReadingContext context)
{
    private static readonly string[] Keys = ["syntax", "body", "file", "arguments", "environment", "modules"];
    private static readonly string[] ModuleKeys = ["name", "description", "syntax", "body", "file"];
    private static readonly (string, ScriptSyntax)[] Syntaxes = 
        [("bash", ScriptSyntax.Bash), ("powershell", ScriptSyntax.PowerShell), ("python", ScriptSyntax.Python)];

    private static readonly (string, ScriptSyntax)[] Extensions =
        [(".sh", ScriptSyntax.Bash), (".bash", ScriptSyntax.Bash), (".ps1", ScriptSyntax.PowerShell), (".psm1", ScriptSyntax.PowerShell), (".py", ScriptSyntax.Python)];

    private readonly ProblemList problems = context.Problems;

    /// <summary>The syntaxes' words, which are also the keys of steps that have nothing but a body.</summary>
    internal static IEnumerable<string> SyntaxWords => Syntaxes.Select(syntax => syntax.Item1);

    /// <summary>The syntax of one of those words.</summary>
    internal static ScriptSyntax SyntaxOf(string word) => Syntaxes.First(syntax => syntax.Item1 == word).Item2;

    /// <summary>Reads a script that is nothing but a body, under the word of its syntax.</summary>
    internal ScriptAction? ReadShort(YamlNode node, string word)
        => ReadBody(node, word) is { } body ? new(body) { Syntax = SyntaxOf(word) } : null;

    /// <summary>Reads a script module.</summary>
    internal async Task<ScriptModule?> ReadModuleAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a script module", ModuleKeys, problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        context.Define("script module", name, mapping.ValueLocation("name"));
        string description = mapping.Text("description") ?? "";
        ScriptSyntax syntax = ReadSyntax(mapping);
        string? body = await ReadBodyAsync(mapping, "a script module", cancellationToken).ConfigureAwait(false);
        return name is null || body is null ? null : new(name, syntax, body) { Description = description };
    }

    internal async Task<ScriptAction?> ReadAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "'script'", Keys, problems) is not { } mapping)
        {
            return null;
        }

        ScriptSyntax syntax = ReadSyntax(mapping);
        List<string> arguments = [];
        foreach (YamlNode item in mapping.Items("arguments"))
        {
            if (ScalarValue.Text(item, "arguments", problems) is { } argument)
            {
                arguments.Add(argument);
            }
        }

        Dictionary<string, string> environment = ReadEnvironment(mapping.Value("environment"));
        IReadOnlyList<string> modules = context.ReferenceList(mapping, "modules", ReferenceKind.ScriptModule);
        string? body = await ReadBodyAsync(mapping, "'script'", cancellationToken).ConfigureAwait(false);
        return body is null ? null : new(body) { Syntax = syntax, Arguments = arguments, Environment = environment, Modules = modules };
    }

    // As it is said; else what the file's name says.
    private static ScriptSyntax ReadSyntax(MappingReader mapping)
    {
        if (mapping.Has("syntax"))
        {
            return mapping.Word("syntax", Syntaxes) ?? ScriptSyntax.Bash;
        }

        string file = mapping.Has("file") && mapping.ValueNode("file") is YamlScalar path ? path.Text : "";
        return Extensions.FirstOrDefault(known => file.EndsWith(known.Item1, StringComparison.OrdinalIgnoreCase)).Item2;
    }

    private async Task<string?> ReadBodyAsync(MappingReader mapping, string what, CancellationToken cancellationToken)
    {
        if (mapping.Has("body") == mapping.Has("file"))
        {
            problems.Add(mapping.Location, $"{what} has either 'body' or 'file', this one has {(mapping.Has("body") ? "both" : "neither")}");
            return null;
        }

        return mapping.Value("body") is { } inline ? ReadBody(inline, "body")
            : mapping.Value("file") is { } file ? await context.Files.ReadAsync(file, "file", "script file", cancellationToken).ConfigureAwait(false)
            : null;
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
}
