using System.CommandLine;
using Newtonsoft.Json;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Retention;

/// <summary><c>octoworkers retention apply</c></summary>
internal static class RetentionApplyCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<bool> whatIf = new("--what-if") { Description = "Show what would be removed, and remove nothing." };
        Command command = new("apply", "Removes the ended runs that retention does not keep, with their logs and artifacts.") { whatIf };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            bool onlyShows = result.GetValue(whatIf);
            IReadOnlyList<ExpiredRun> expired = onlyShows
                ? await session.Engine.FindExpiredRunsAsync(cancellationToken).ConfigureAwait(false)
                : await session.Engine.ApplyRetentionAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.List(expired, Write, () => Table(expired, session.Time));
            int runs = expired.Sum(one => 1 + one.Children.Count);
            if (runs > 0)
            {
                session.Printer.Say($"{Words.Count(runs, "run")} {(onlyShows ? "would be removed" : "removed")}.");
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<ExpiredRun> expired, TimeProvider time)
    {
        TextTable table = new("RUN", "RUNBOOK", "ENVIRONMENT", "ENDED", "WITH", "KEPT") { WhenEmpty = "All runs are kept.", WholeColumns = 1 };
        foreach (ExpiredRun one in expired)
        {
            table.Add(
                one.Run.ToString(), one.Runbook, one.Environment, Words.Of(one.Ended, time),
                one.Children.Count == 0 ? Words.None : Words.Count(one.Children.Count, "child run"), one.Policy.ToString());
        }

        return table;
    }

    private static void Write(JsonTextWriter json, ExpiredRun expired)
    {
        json.WriteStartObject();
        json.Property("run", expired.Run.ToString());
        json.Property("runbook", expired.Runbook);
        json.Property("environment", expired.Environment);
        json.Property("ended", expired.Ended);
        json.Array("children", expired.Children, static (writer, child) => writer.WriteValue(child.ToString()));
        json.Property("retention", expired.Policy.ToString());
        json.WriteEndObject();
    }
}
