using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary><c>octoworkers variable set</c></summary>
internal static class VariableSetCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The variable's name." };
        Argument<string?> value = new("VALUE") { Description = "Its value; never a secret, which every process of this machine could read here.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> file = new("--value-file") { Description = "Take the value from this file, without the end of its last line.", HelpName = "PATH" };
        Option<string?> environment = new("--value-env") { Description = "Take the value from this variable of the environment.", HelpName = "NAME" };
        Option<string?> pool = new("--pool") { Description = "The value is this worker pool.", HelpName = "POOL" };
        Option<bool> sensitive = new("--sensitive")
        {
            Description = "The value is a secret: it is encrypted, masked in logs and never shown. Unless another source is given it is asked for, or read from standard input.",
        };
        Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };
        VariableOwner owner = new();
        ScopeOptions scope = new();
        Command command = new("set", "Sets a variable's value for a scope. A value of the same scope is replaced.")
        {
            name, value, file, environment, pool, sensitive, description,
        };
        owner.AddTo(command);
        scope.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            string variable = result.GetRequiredValue(name);
            bool isSecret = result.GetValue(sensitive);
            ValueSource source = new(result.GetValue(value), result.GetValue(file), result.GetValue(environment), result.GetValue(pool));
            source.Check(isSecret);
            VariableScope place = scope.Read(result);
            KnownNames names = KnownNames.Of(await session.Store.GetDefinitionsAsync(cancellationToken).ConfigureAwait(false));
            VariableValues.RequireScope(place, await StepsAsync(session, owner.Runbook(result), names, cancellationToken).ConfigureAwait(false));
            if (source.Pool is { } named)
            {
                Named.Pool(await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false), named);
                if (place.Machines.Count + place.TargetTags.Count > 0)
                {
                    throw new OctoWorkersException(
                        EngineError.InvalidArgument, "A worker pool is found before there is a machine: leave --machine and --target-tag out with --pool.");
                }
            }

            string text = await source.ReadAsync(session.Context, variable, cancellationToken).ConfigureAwait(false);
            VariableDefinition wanted = (source.Pool is not null ? VariableDefinition.WorkerPool(variable, text)
                : isSecret ? VariableDefinition.Sensitive(variable, text).Seal(session.Secrets.Seal)
                : VariableDefinition.Text(variable, text)) with { Scope = place, Description = result.GetValue(description) ?? "" };
            string where = await owner.ChangeAsync(
                session, result, mayAdd: true, (_, values) => VariableValues.With(values, wanted), cancellationToken).ConfigureAwait(false);
            session.Printer.One(wanted, VariableJson.Write, $"Set '{variable}' ({VariableValues.Describe(place)}) in {where}.");
            return ExitCodes.Success;
        }));
        return command;
    }

    // A runbook's own variables can only be for its own steps.
    private static async Task<KnownNames> StepsAsync(EngineSession session, string? runbook, KnownNames names, CancellationToken cancellationToken)
        => runbook is null ? names
            : names with
            {
                Steps = [.. Named.Runbook(await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false), runbook).Definition.Steps.Select(step => step.Name)],
            };
}
