using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary><c>octoworkers variable list</c></summary>
internal static class VariableListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        VariableOwner owner = new();
        Command command = new("list", "Lists the values of all variable sets, or of one, or of a runbook. Secrets are not shown.");
        owner.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<(string Owner, VariableDefinition Variable)> values;
            if (owner.IsGiven(result))
            {
                (string name, IReadOnlyList<VariableDefinition> own) = await owner.ReadAsync(session, result, cancellationToken).ConfigureAwait(false);
                values = [.. own.Select(value => (name, value))];
            }
            else
            {
                values = await AllAsync(session, withRunbooks: false, cancellationToken).ConfigureAwait(false);
            }

            session.Printer.List(values, VariableJson.Write, () => VariableTables.Values(values));
            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>All values of the store, and where they stand.</summary>
    internal static async Task<IReadOnlyList<(string Owner, VariableDefinition Variable)>> AllAsync(
        EngineSession session, bool withRunbooks, CancellationToken cancellationToken)
    {
        IReadOnlyList<VariableSetRecord> sets = await session.Store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunbookRecord> runbooks = withRunbooks ? await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false) : [];
        return
        [
            .. sets.SelectMany(set => set.Definition.Variables.Select(value => (set.Definition.Name, value))),
            .. runbooks.SelectMany(runbook => runbook.Definition.Variables.Select(value => ($"runbook {runbook.Definition.Name}", value))),
        ];
    }
}
