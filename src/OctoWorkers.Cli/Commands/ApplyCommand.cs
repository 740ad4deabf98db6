using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers apply</c></summary>
internal static class ApplyCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string[]> paths = new("PATH") { Description = "YAML files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        Command command = new("apply", "Puts definitions into the store, after checking all of them. What they do not name is left alone.") { paths };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            DefinitionSet files = await DefinitionReader.ReadAsync(result.GetRequiredValue(paths), cancellationToken).ConfigureAwait(false);
            IReadOnlyList<DefinitionChange> changes = await DefinitionApplication
                .ApplyAsync(session.Store, files, session.Time, cancellationToken).ConfigureAwait(false);
            session.Printer.List(changes, static (json, change) =>
            {
                json.WriteStartObject();
                json.Property("kind", Words.Of(change.Kind));
                json.Property("name", change.Name);
                json.Property("change", Words.Of(change.Change));
                json.WriteEndObject();
            }, () => Table(changes));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<DefinitionChange> changes)
    {
        TextTable table = new("KIND", "NAME", "CHANGE") { WhenEmpty = "These files define nothing." };
        foreach (DefinitionChange change in changes)
        {
            table.Add(Words.Of(change.Kind), change.Name, new(Words.Of(change.Change), change.Change == ChangeKind.Unchanged ? Tone.Faint : Tone.Good));
        }

        return table;
    }
}
