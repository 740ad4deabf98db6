using System.CommandLine;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary><c>octoworkers variable remove</c></summary>
internal static class VariableRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The variable's name." };
        Option<bool> all = new("--all") { Description = "Remove all its values, whatever their scopes." };
        VariableOwner owner = new();
        ScopeOptions scope = new();
        Command command = new("remove", "Removes the value of a variable that has exactly the given scope: the unscoped one when none is given.") { name, all };
        owner.AddTo(command);
        scope.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            string variable = result.GetRequiredValue(name);
            if (result.GetValue(all) && scope.IsGiven(result))
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "Give either --all or a scope, not both.");
            }

            VariableScope? place = result.GetValue(all) ? null : scope.Read(result);
            string where = await owner.ChangeAsync(
                session, result, mayAdd: false, (whose, values) => VariableValues.Without(values, variable, place, whose), cancellationToken).ConfigureAwait(false);
            session.Printer.Say($"Removed '{variable}' ({(place is null ? "all values" : VariableValues.Describe(place))}) from {where}.");
            if (session.Printer.IsJson)
            {
                session.Printer.Document(json => json.WriteValue(variable));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
