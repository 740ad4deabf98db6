using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary><c>octoworkers variable show</c></summary>
internal static class VariableShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The variable's name." };
        Command command = new("show", "Shows all values of a variable, in variable sets and runbooks. Secrets are not shown.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            string wanted = result.GetRequiredValue(name);
            IReadOnlyList<(string Owner, VariableDefinition Variable)> all =
                await VariableListCommand.AllAsync(session, withRunbooks: true, cancellationToken).ConfigureAwait(false);
            (string Owner, VariableDefinition Variable)[] found = [.. all.Where(value => EntityName.Comparer.Equals(value.Variable.Name, wanted))];
            if (found.Length == 0)
            {
                string hint = NearestWord.Hint(wanted, all.Select(value => value.Variable.Name));
                throw new OctoWorkersException(
                    EngineError.VariableNotFound, $"There is no variable '{DisplayText.Line(wanted)}'{(hint.Length == 0 ? "." : hint)}", wanted);
            }

            session.Printer.List(found, VariableJson.Write, () => VariableTables.Values(found));
            return ExitCodes.Success;
        }));
        return command;
    }
}
