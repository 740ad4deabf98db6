using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Runbooks;

/// <summary><c>octoworkers runbook show</c></summary>
internal static class RunbookShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The runbook's name." };
        Command command = new("show", "Shows a runbook and its steps.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
            RunbookRecord runbook = Named.Runbook(runbooks, result.GetRequiredValue(name));
            session.Printer.One(runbook, RunbookJson.Write, () => Show(session.Printer, runbook, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Show(ResultPrinter printer, RunbookRecord record, TimeProvider time)
    {
        RunbookDefinition runbook = record.Definition;
        printer.Facts(
        [
            ("Name", runbook.Name),
            ("Id", record.Id.ToString()),
            ("Description", runbook.Description),
            ("Environments", runbook.Environments.Count == 0 ? "all" : Words.List(runbook.Environments)),
            ("Steps at once", runbook.MaxParallelism.ToString(CultureInfo.InvariantCulture)),
            ("Variable sets", Words.List([VariableSetDefinition.DefaultName, .. runbook.VariableSets])),
            ("Time-out", runbook.Timeout is { } timeout ? Words.Of(timeout) : null),
            ("Changed", Words.Of(record.Changed, time)),
        ]);
        TextTable table = new("#", "STEP", "DOES", "POOL", "WHEN");
        for (int i = 0; i < runbook.Steps.Count; i++)
        {
            StepDefinition step = runbook.Steps[i];
            table.Add((i + 1).ToString(CultureInfo.InvariantCulture), step.Name, Does(step.Action), step.Pool ?? (step.PoolVariable is { } variable ? $"by {variable}" : "(default)"), When(step));
        }

        printer.Table(table);
        if (runbook.Prompts.Count > 0)
        {
            printer.Table(VariableTables.Prompts(runbook.Prompts));
        }

        if (runbook.Variables.Count > 0)
        {
            printer.Table(VariableTables.Values([.. runbook.Variables.Select(value => (runbook.Name, value))]));
        }
    }

    private static string Does(StepAction action) => action switch
    {
        RunRunbookAction child => $"runs {DisplayText.Of(child.Runbook)}{(child.Environment is null ? "" : $" in {DisplayText.Of(child.Environment)}")}{(child.Wait ? "" : ", not waiting")}",
        ScriptAction script => $"{script.Syntax} script",
        ManualAction manual => $"waits for {(manual.Responsible.Count == 0 ? "a person" : DisplayText.Of(string.Join(" or ", manual.Responsible)))}",
        _ => action.GetType().Name,
    };

    private static string When(StepDefinition step)
    {
        List<string> words = [];
        if (step.Disabled)
        {
            words.Add("disabled");
        }

        if (step.Start == StepStart.WithPrevious)
        {
            words.Add("with the step before");
        }

        if (step.Condition != StepCondition.Success)
        {
            words.Add(step.Condition switch
            {
                StepCondition.Always => "always",
                StepCondition.Variable => $"if {DisplayText.Of(step.ConditionExpression ?? "")}",
                _ => "on failure",
            });
        }

        if (step.Environments.Count > 0)
        {
            words.Add($"in {Words.List(step.Environments)}");
        }

        if (step.ExcludedEnvironments.Count > 0)
        {
            words.Add($"not in {Words.List(step.ExcludedEnvironments)}");
        }

        if (step.TenantTags.Count > 0)
        {
            words.Add($"for tenants with {Words.List([.. step.TenantTags.Select(tag => tag.ToString())])}");
        }

        return string.Join("; ", words);
    }
}
