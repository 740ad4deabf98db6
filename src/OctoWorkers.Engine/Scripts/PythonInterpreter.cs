using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Scripts;

/// <summary>Python 3. A loader executes what it reads from descriptor 3 in <c>__main__</c>; that runs the body under the name of the script's file.</summary>
internal sealed class PythonInterpreter : IScriptInterpreter
{
    private const string Loader = """
        with open(3, 'rb') as __ow_input: __ow_input = __ow_input.read()
        exec(compile(__ow_input, '<octoworkers>', 'exec'))
        """;

    private static readonly string Helpers = ScriptResource.Read("python", keepIndentation: true);

    /// <inheritdoc/>
    public string Demand => "python3";

    /// <inheritdoc/>
    public IReadOnlyList<string> Command { get; } = ["python3", "-u", "-c", Loader];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public ScriptParts Compose(ScriptSource source)
    {
        string body = ScriptText.WithoutMark(source.Body);
        StringBuilder input = new("octopusvariables = ");
        AppendDictionary(input, source.Variables);
        input.Append("\n__ow_sources = ");
        AppendDictionary(input, Modules(source.Modules));
        input.Append("\n__ow_body = ");
        if (source.HoldsSecret)
        {
            AppendLiteral(input, body);
        }
        else
        {
            input.Append("None");
        }

        input.Append("\ndel __ow_input\n").Append(Helpers).Append("__ow_run(globals(), __ow_sources, __ow_body)\n");
        return new(Encoding.UTF8.GetBytes(source.HoldsSecret ? "" : body), Encoding.UTF8.GetBytes(input.ToString()));
    }

    // By its name, and where that is no name in Python, with '_' for what does not fit.
    private static Dictionary<string, string> Modules(IReadOnlyList<ScriptModule> modules)
    {
        Dictionary<string, string> sources = new(StringComparer.Ordinal);
        foreach (ScriptModule module in modules)
        {
            string name = string.Concat(module.Name.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_'));
            sources[char.IsDigit(name[0]) ? "_" + name : name] = ScriptText.WithoutMark(module.Body);
        }

        return sources;
    }

    private static void AppendDictionary(StringBuilder input, IReadOnlyDictionary<string, string> entries)
    {
        input.Append('{');
        foreach ((string key, string value) in entries)
        {
            AppendLiteral(input, key);
            input.Append(':');
            AppendLiteral(input, value);
            input.Append(",\n");
        }

        input.Append('}');
    }

    private static void AppendLiteral(StringBuilder input, string text)
    {
        input.Append('\'');
        foreach (char c in text)
        {
            if (char.IsHighSurrogate(c) || char.IsLowSurrogate(c))
            {
                input.Append(c);
            }
            else if (c is < ' ' or > '~' or '\'' or '\\')
            {
                input.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                input.Append(c);
            }
        }

        input.Append('\'');
    }
}
