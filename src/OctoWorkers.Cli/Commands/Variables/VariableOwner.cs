using System.CommandLine;
using OctoWorkers.Engine.Definitions;

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

    /// <summary>Changes the values: those of a set in one transaction.</summary>
    /// <param name="session">The open engine.</param>
    /// <param name="result">The arguments.</param>
    /// <param name="mayAdd">Whether a set that is not there is made.</param>
    /// <param name="change">Gives the values from then on, given whose they are in words.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whose values they are, in words.</returns>
    internal async Task<string> ChangeAsync(
        EngineSession session, ParseResult result, bool mayAdd, Func<string, IReadOnlyList<VariableDefinition>, IReadOnlyList<VariableDefinition>> change,
        CancellationToken cancellationToken)
    {
        if (result.GetValue(runbook) is { } name)
        {
            RequireOne(result);
            RunbookDefinition found = Named.Runbook(await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false), name).Definition;
            string owner = $"runbook '{found.Name}'";
            await session.Store.PutRunbookAsync(
                found with { Variables = change(owner, found.Variables) }, session.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            return owner;
        }

        string wanted = result.GetValue(set) ?? VariableSetDefinition.DefaultName;
        IReadOnlyList<VariableSetRecord> sets = await session.Store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
        if (mayAdd && !sets.Any(known => EntityName.Comparer.Equals(known.Definition.Name, wanted)))
        {
            await session.Store.PutVariableSetAsync(new(wanted, change($"variable set '{wanted}'", [])), cancellationToken).ConfigureAwait(false);
            return $"variable set '{wanted}', which is new";
        }

        string place = $"variable set '{Named.VariableSet(sets, wanted).Definition.Name}'";
        await session.Store.ChangeVariableSetAsync(
            wanted, now => new(now.Name, change(place, now.Variables)) { Description = now.Description }, cancellationToken).ConfigureAwait(false);
        return place;
    }

    private void RequireOne(ParseResult result)
    {
        if (result.GetValue(set) is not null)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "Give either --set or --runbook, not both.");
        }
    }
}
