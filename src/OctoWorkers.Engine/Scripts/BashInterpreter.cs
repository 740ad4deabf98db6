using System.Text;

namespace OctoWorkers.Engine.Scripts;

/// <summary>
/// Bash. A small loader takes helpers, variables and modules from descriptor 3 and then sources the script's file, so that line numbers, <c>return</c>,
/// arguments and <c>$0</c> are the script's own. A script that cannot see any of it is only sourced.
/// </summary>
internal sealed class BashInterpreter : IScriptInterpreter
{
    // Before 4.1 read has no -N, which reads in blocks; the other way is slow, but right. A body that must not be a file is sourced from a pipe; before 4 that cannot be.
    private const string Loader = """
        read -r -N 2147483647 -u 3 __ow_input 2>/dev/null || [ -n "$__ow_input" ] || IFS= read -r -d '' -u 3 __ow_input; exec 3<&-
        eval "$__ow_input"
        [ -n "$__ow_whole" ] || { echo 'octoworkers: what the script needs did not come whole' >&2; exit 126; }
        unset __ow_input __ow_whole; [ -n "$BASH_ENV" ] || unset BASH_ENV
        if [ -z "${__ow_body+set}" ]; then . "$0"
        elif [ "${BASH_VERSINFO[0]}" -lt 4 ]; then eval "$__ow_body"
        else . <(printf 'unset __ow_body;%s' "$__ow_body")
        fi
        """;

    // Who sees nothing of it has nothing to read.
    private const string PlainLoader = """
        [ -n "$BASH_ENV" ] || unset BASH_ENV
        . "$0"
        """;

    /// <summary>The functions that every script is given, unless it cannot see them.</summary>
    internal static readonly string Helpers = ScriptResource.Read("bash");

    /// <inheritdoc/>
    public string Demand => "bash";

    /// <inheritdoc/>
    public IReadOnlyList<string> Command { get; } = ["bash", "--noprofile", "--norc", "-c", Loader];

    /// <inheritdoc/>
    public IReadOnlyList<string> PlainCommand { get; } = ["bash", "--noprofile", "--norc", "-c", PlainLoader];

    // A file that BASH_ENV of the login names would be read before the loader, and may print or wait.
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["BASH_ENV"] = "" };

    /// <inheritdoc/>
    public bool IsPlain(ScriptAction script) => !BashPreludeUse.IsPossible(script);

    /// <inheritdoc/>
    public ScriptParts Compose(ScriptSource source)
    {
        string body = ScriptText.WithLineFeeds(ScriptText.WithoutMark(source.Body));
        if (source.IsPlain)
        {
            return new(Encoding.UTF8.GetBytes(body), default);
        }

        StringBuilder input = new(Helpers, Helpers.Length + 4096);
        AppendVariables(input, source.Variables);
        foreach (ScriptModule module in source.Modules)
        {
            input.Append(ScriptText.WithLineFeeds(ScriptText.WithoutMark(module.Body))).Append('\n');
        }

        if (source.HoldsSecret)
        {
            input.Append("__ow_body=");
            AppendQuoted(input, body);
            input.Append('\n');
        }

        // Last, so that what was cut because its writer died is not taken for the whole.
        input.Append("__ow_whole=1\n");
        return new(Encoding.UTF8.GetBytes(source.HoldsSecret ? "" : body), Encoding.UTF8.GetBytes(input.ToString()));
    }

    // A variable a line, for the versions without associative arrays, which look them up in the text.
    private static void AppendVariables(StringBuilder input, IReadOnlyDictionary<string, string> variables)
    {
        input.Append("if [ \"${BASH_VERSINFO[0]}\" -gt 3 ]; then declare -A octopus_parameters=(\n");
        foreach ((string name, string value) in variables)
        {
            if (name.Contains('\0') || value.Contains('\0'))
            {
                throw new OctoWorkersException(
                    EngineError.InvalidArgument, $"The variable '{name.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL, which Bash cannot hold; remove it, or use another syntax.", name);
            }

            input.Append('[');
            AppendQuoted(input, name, "'$'\\n''");
            input.Append("]=");
            AppendQuoted(input, value, "'$'\\n''");
            input.Append('\n');
        }

        input.Append(")\nelse __ow_variables=$__ow_input; fi\n");
    }

    private static void AppendQuoted(StringBuilder input, string text, string feed = "\n")
    {
        input.Append('\'');
        int at = input.Length;
        input.Append(text).Replace("'", "'\\''", at, input.Length - at);
        if (feed != "\n")
        {
            input.Replace("\n", feed, at, input.Length - at);
        }

        input.Append('\'');
    }
}
