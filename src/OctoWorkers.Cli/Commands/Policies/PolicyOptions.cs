using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Policies;

/// <summary>The options that say what a machine policy is.</summary>
internal sealed class PolicyOptions
{
    private const string ScriptWord = "script";
    private const string ConnectivityWord = "connectivity";

    private readonly Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };

    private readonly Option<string?> interval = new("--interval")
    {
        Description = "How long a finding holds: '30m', '1h'. The default is the setting healthInterval.", HelpName = "DURATION",
    };

    private readonly Option<string?> kind = new Option<string?>("--kind")
    {
        Description = "'script' (the default), or 'connectivity': it is only tried whether the worker can be reached.", HelpName = "script|connectivity",
    }.AcceptOnlyFromAmong(ScriptWord, ConnectivityWord);

    private readonly (ScriptSyntax Syntax, Option<string?> Option)[] files =
    [
        (ScriptSyntax.Bash, File("--bash-file", "Bash")),
        (ScriptSyntax.PowerShell, File("--powershell-file", "PowerShell")),
        (ScriptSyntax.Python, File("--python-file", "Python")),
    ];

    private readonly Option<bool> noScripts = new("--no-scripts") { Description = "Forget the scripts it has." };
    private readonly Option<string?> timeout = new("--timeout") { Description = "How long the script may take; 2m when not given.", HelpName = "DURATION" };

    private readonly Option<string?> removeAfter = new("--remove-unavailable-after")
    {
        Description = "Remove workers that have been unavailable for so long.", HelpName = "DURATION",
    };

    private readonly Option<bool> keep = new("--keep-unavailable") { Description = "Keep workers that stay unavailable; so it is when nothing is said." };

    private readonly Option<string?> unavailable = new("--unavailable-targets")
    {
        Description = "What becomes of runs when a deployment target with this policy is not healthy: fail (the default), or skip it.", HelpName = "MODE",
    };

    private readonly Option<string[]> capabilities = new("--capability")
    {
        Description = "A capability to look for, and the command that writes its version; may be repeated. They replace those it has.", HelpName = "NAME=COMMAND",
    };

    private readonly Option<bool> noCapabilities = new("--no-capabilities") { Description = "Forget the capabilities it looks for." };

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[description, interval, kind, .. files.Select(file => file.Option), noScripts, timeout, removeAfter, keep, unavailable, capabilities, noCapabilities])
        {
            command.Add(option);
        }
    }

    /// <summary>The policy with what was given.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>, <see cref="EngineError.InvalidDefinition"/>.</exception>
    internal async Task<MachinePolicyDefinition> ReadAsync(ParseResult result, MachinePolicyDefinition now, CancellationToken cancellationToken)
    {
        NotBoth(result, keep, removeAfter);
        NotBoth(result, noCapabilities, capabilities);
        Dictionary<ScriptSyntax, string> scripts = result.GetValue(noScripts) ? [] : new(now.Scripts);
        foreach ((ScriptSyntax syntax, Option<string?> option) in files)
        {
            if (result.GetValue(option) is { } path)
            {
                scripts[syntax] = await ReadFileAsync(option.Name, path, cancellationToken).ConfigureAwait(false);
            }
        }

        HealthCheckKind then = result.GetValue(kind) switch
        {
            ScriptWord => HealthCheckKind.Script,
            ConnectivityWord => HealthCheckKind.ConnectivityOnly,
            _ => now.Kind,
        };
        return then == HealthCheckKind.ConnectivityOnly && scripts.Count > 0
            ? throw new OctoWorkersException(
                EngineError.InvalidArgument, "A machine policy of the kind 'connectivity' runs no script. Leave the script out, or say --no-scripts.", now.Name)
            : now with
            {
                Description = result.GetValue(description) ?? now.Description,
                Interval = Duration(result, interval) ?? now.Interval,
                Kind = then,
                Scripts = scripts,
                Timeout = Duration(result, timeout) ?? now.Timeout,
                RemoveUnavailableAfter = result.GetValue(keep) ? null : Duration(result, removeAfter) ?? now.RemoveUnavailableAfter,
                UnavailableTargets = result.GetValue(unavailable) is { } mode ? UnavailableTargetsWords.Read(mode) : now.UnavailableTargets,
                Capabilities = result.GetValue(noCapabilities) ? []
                    : result.GetValue(capabilities) is { Length: > 0 } given ? [.. given.Select(Capability)]
                    : now.Capabilities,
            };
    }

    private static Option<string?> File(string name, string language)
        => new(name) { Description = $"A file that holds the health script in {language}.", HelpName = "PATH" };

    private static CapabilityProbeDefinition Capability(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..])
            : throw new OctoWorkersException(
                EngineError.InvalidArgument, $"--capability is '{DisplayText.Line(text)}'; write NAME=COMMAND, for example 'terragrunt=terragrunt --version'.", text);
    }

    private static TimeSpan? Duration(ParseResult result, Option<string?> option)
        => result.GetValue(option) is not { } text ? null
            : DurationText.TryParse(text, out TimeSpan duration, out string? problem) ? duration
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"{option.Name}: {problem}.", text);

    private static void NotBoth(ParseResult result, Option<bool> one, Option other)
    {
        if (result.GetValue(one) && result.GetResult(other) is { Implicit: false })
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"{one.Name} and {other.Name} exclude each other.");
        }
    }

    private static async Task<string> ReadFileAsync(string option, string path, CancellationToken cancellationToken)
    {
        try
        {
            string body = await System.IO.File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            return string.IsNullOrWhiteSpace(body)
                ? throw new OctoWorkersException(EngineError.InvalidArgument, $"{option}: the script '{DisplayText.Line(path)}' is empty.", path)
                : body;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"{option}: '{DisplayText.Line(path)}' cannot be read: {e.Message}", path, e);
        }
    }
}
