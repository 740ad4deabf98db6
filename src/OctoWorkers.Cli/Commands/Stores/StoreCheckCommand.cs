using System.CommandLine;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Stores;

/// <summary><c>octoworkers store check</c></summary>
internal static class StoreCheckCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("check", "Looks for damage in the store and its artifacts, while runs go on. Exits with 1 when there is some.");
        command.SetAction(invocation.WithPresentStore(async (session, _, cancellationToken) =>
        {
            StoreCondition condition = await session.Store.ExamineAsync(session.Artifacts, cancellationToken).ConfigureAwait(false);
            session.Printer.One(condition, static (json, found) =>
            {
                json.WriteStartObject();
                json.Property("location", found.Location);
                json.Property("isSound", found.IsSound);
                json.Array("problems", found.Problems);
                json.WriteEndObject();
            }, condition.IsSound ? $"{DisplayText.Line(condition.Location)} is sound." : string.Join('\n', condition.Problems));
            return condition.IsSound ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }
}
