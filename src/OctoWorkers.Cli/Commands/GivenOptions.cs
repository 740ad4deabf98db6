using System.CommandLine;
using OctoWorkers.Cli.Commands.Variables;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Commands;

/// <summary>The options that say for whom a run is, and with which values.</summary>
internal sealed class GivenOptions
{
    private readonly Option<string?> tenant = new("--tenant") { Description = "The tenant to run for.", HelpName = "NAME" };
    private readonly Option<string[]> values = new("--variable") { Description = "A variable's value for this run; may be repeated. Never a secret.", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> environments = new("--variable-env")
    {
        Description = "A variable's value, from a variable of the environment; may be repeated.", HelpName = "NAME=VARIABLE",
    };

    private readonly Option<string[]> files = new("--variable-file")
    {
        Description = "A variable's value, from a file without the end of its last line; may be repeated.", HelpName = "NAME=PATH",
    };

    internal void AddTo(Command command)
    {
        command.Add(tenant);
        command.Add(values);
        command.Add(environments);
        command.Add(files);
    }

    internal string? Tenant(ParseResult result) => result.GetValue(tenant);

    /// <summary>The values that are given.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>, also for a secret on the command line.</exception>
    internal async Task<IReadOnlyList<VariableDefinition>> ReadAsync(
        EngineSession session, ParseResult result, string runbook, CancellationToken cancellationToken)
    {
        (string Name, string Value)[] open = Split(result, values);
        if (open.Length > 0)
        {
            RunbookDefinition? known = (await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false))
                .FirstOrDefault(record => EntityName.Comparer.Equals(record.Definition.Name, runbook))?.Definition;
            if (open.FirstOrDefault(given => IsSecret(known, given.Name)).Name is { } secret)
            {
                throw new OctoWorkersException(
                    EngineError.InvalidArgument,
                    $"Variable '{DisplayText.Line(secret)}' is a secret and is never given on the command line, where every process of this machine could read it. Give --variable-env or --variable-file.",
                    secret);
            }
        }

        List<VariableDefinition> all = [.. open.Select(given => VariableDefinition.Text(given.Name, given.Value))];
        all.AddRange(Split(result, environments).Select(given => VariableDefinition.Text(given.Name, ValueSource.FromEnvironment(session.Context, environments.Name, given.Value))));
        foreach ((string name, string path) in Split(result, files))
        {
            all.Add(VariableDefinition.Text(name, await ValueSource.FromFileAsync(files.Name, path, cancellationToken).ConfigureAwait(false)));
        }

        return all;
    }

    /// <summary>How a value that is missing is given.</summary>
    internal static string Remedy(MissingValueException missing)
    {
        string name = DisplayText.Line(missing.Variable);
        return $"Give it: {(missing.IsSecret ? "" : $"--variable '{name}=VALUE', ")}--variable-env '{name}=VARIABLE' or --variable-file '{name}=PATH'.";
    }

    private static bool IsSecret(RunbookDefinition? runbook, string name)
        => runbook is not null
            && (runbook.Prompts.Any(prompt => prompt.Control == PromptControl.Sensitive && EntityName.Comparer.Equals(prompt.Name, name))
                || runbook.Variables.Any(variable => variable.Kind == VariableKind.Sensitive && EntityName.Comparer.Equals(variable.Name, name)));

    private static (string Name, string Value)[] Split(ParseResult result, Option<string[]> option)
        => [.. (result.GetValue(option) ?? []).Select(text =>
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            return equals > 0
                ? (text[..equals], text[(equals + 1)..])
                : throw new OctoWorkersException(EngineError.InvalidArgument, $"{option.Name}: '{DisplayText.Line(text)}' is not {option.HelpName}.", text);
        })];
}
