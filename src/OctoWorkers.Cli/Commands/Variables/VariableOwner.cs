using System.CommandLine;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary>The options that say whose variables are meant: those of a set, or of a runbook.</summary>
internal sealed class VariableOwner
{
    private readonly Option<string?> set = new("--set") { Description = "The variable set; 'Default' unless something else is said.", HelpName = "NAME" };
    private readonly Option<string?> runbook = new("--runbook") { Description = "The runbook, instead of a variable set.", HelpName = "NAME" };

    internal void AddTo(Command command)
    {
        command.Add(set);
        command.Add(runbook);
    }

    /// <summary>Whether either is given.</summary>
    internal bool IsGiven(ParseResult result) => result.GetValue(set) is not null || result.GetValue(runbook) is not null;

    /// <summary>The runbook that is meant; null: a set.</summary>
    internal string? Runbook(ParseResult result) => result.GetValue(runbook);

    /// <summary>The values, and whose they are in words.</summary>
    internal async Task<(string Owner, IReadOnlyList<VariableDefinition> Values)> ReadAsync(
        EngineSession session, ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(runbook) is { } name)
        {
            RequireOne(result);
            RunbookDefinition found = Named.Runbook(await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false), name).Definition;
            return ($"runbook {found.Name}", found.Variables);
        }

        VariableSetDefinition wanted = Named.VariableSet(
            await session.Store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false), result.GetValue(set) ?? VariableSetDefinition.DefaultName).Definition;
        return (wanted.Name, wanted.Variables);
    }

    /// <summary>Changes the values in one transaction.</summary>
    /// <param name="session">The open engine.</param>
    /// <param name="result">The arguments.</param>
    /// <param name="mayAdd">Whether a set that is not there is made.</param>
    /// <param name="change">Gives the values from then on, given whose they are in words.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whose values they are, in words.</returns>
    internal Task<string> ChangeAsync(
        EngineSession session, ParseResult result, bool mayAdd, Func<string, IReadOnlyList<VariableDefinition>, IReadOnlyList<VariableDefinition>> change,
        CancellationToken cancellationToken)
    {
        RequireOne(result);
        return VariableChanges.ApplyAsync(
            session.Store, result.GetValue(set), result.GetValue(runbook), mayAdd, change, session.Time.GetUtcNow(), cancellationToken);
    }

    private void RequireOne(ParseResult result)
    {
        if (result.GetValue(set) is not null && result.GetValue(runbook) is not null)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "Give either --set or --runbook, not both.");
        }
    }
}
