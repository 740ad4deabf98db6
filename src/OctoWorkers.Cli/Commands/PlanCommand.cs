using System.CommandLine;
using Newtonsoft.Json;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers plan</c></summary>
internal static class PlanCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> runbook = new("RUNBOOK") { Description = "The runbook's name." };
        Option<string> environment = new("--environment") { Description = "The environment to run in.", HelpName = "NAME", Required = true };
        Option<string[]> files = new("--file")
        {
            Description = "Plan as if the definitions of this file or folder were applied; may be repeated.", HelpName = "PATH",
        };
        Option<string?> unavailable = UnavailableTargetsOption.Create();
        GivenOptions given = new();
        Option<bool> recurse = new("--recurse") { Description = "Plan the runs that its steps would start as well." };
        Command command = new("plan", "Shows which worker or deployment targets each step of a run would get now, and why. Checks no worker and changes nothing.")
        {
            runbook, environment, files, recurse, unavailable,
        };
        given.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            DefinitionSet definitions = new();
            if (result.GetValue(files) is { Length: > 0 } paths)
            {
                definitions = await DefinitionReader.ReadAsync(paths, cancellationToken).ConfigureAwait(false);
            }

            NewRun asked = new(result.GetRequiredValue(runbook), result.GetRequiredValue(environment))
            {
                Tenant = given.Tenant(result),
                UnavailableTargets = UnavailableTargetsOption.Read(result, unavailable),
                Variables = await given.ReadAsync(session, result, result.GetRequiredValue(runbook), cancellationToken).ConfigureAwait(false),
            };
            IReadOnlyList<PlannedRun> plans = await session.Engine.PreviewAsync(asked, definitions, result.GetValue(recurse), cancellationToken).ConfigureAwait(false);
            session.Printer.One(plans, Write, () => Show(session.Printer, plans));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Show(ResultPrinter printer, IReadOnlyList<PlannedRun> plans)
    {
        foreach (PlannedRun run in plans)
        {
            string origin = run.StartedBy.Count == 0 ? "" : $", started by {string.Join(" > ", run.StartedBy.Select(DisplayText.Of))}";
            printer.Say($"{DisplayText.Of(run.Runbook)} in {DisplayText.Of(run.Environment)}{origin}");
            printer.Table(PlanTables.Steps(run.Plan));
            printer.Table(PlanTables.Draws(run.Plan));
            if (Wait.InWords(run.Waits) is { } waits)
            {
                printer.Say($"It would wait for {waits}.");
            }

            if (PlanTables.Targets(run.Plan) is { } targets)
            {
                printer.Table(targets);
            }

            if (PlanTables.Packages(run.Plan) is { } packages)
            {
                printer.Table(packages);
            }
        }
    }

    // The run asked for, with its child runs in a member of their own, so that a script reads both forms alike.
    private static void Write(JsonTextWriter json, IReadOnlyList<PlannedRun> plans)
    {
        json.WriteStartObject();
        Members(json, plans[0]);
        json.Array("children", plans.Skip(1), static (json, child) =>
        {
            json.WriteStartObject();
            json.Array("startedBy", child.StartedBy);
            Members(json, child);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Members(JsonTextWriter json, PlannedRun run)
    {
        json.Property("runbook", run.Runbook);
        json.Property("environment", run.Environment);
        json.Array("waits", run.Waits, WaitJson.Write);
        PlanJson.Members(json, run.Plan);
    }
}
