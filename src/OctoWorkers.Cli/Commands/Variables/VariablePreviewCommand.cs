using System.CommandLine;
using Newtonsoft.Json;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary><c>octoworkers variable preview</c></summary>
internal static class VariablePreviewCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<string> runbook = new("--runbook") { Description = "The runbook.", HelpName = "NAME", Required = true };
        Option<string> environment = new("--environment") { Description = "The environment it would run in.", HelpName = "NAME", Required = true };
        Option<string?> step = new("--step") { Description = "The step; without it, what all steps see.", HelpName = "NAME" };
        Option<string?> target = new("--target") { Description = "The deployment target that it would be about; without it, what all see.", HelpName = "NAME" };
        GivenOptions given = new();
        Command command = new("preview", "Shows what a step of a run would see: which value of each variable wins, and why. Secrets are not shown.")
        {
            runbook, environment, step, target,
        };
        given.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            string name = result.GetRequiredValue(runbook);
            NewRun asked = new(name, result.GetRequiredValue(environment))
            {
                Tenant = given.Tenant(result),
                Variables = await given.ReadAsync(session, result, name, cancellationToken).ConfigureAwait(false),
            };
            IReadOnlyList<VariablePreview> previews =
                await session.Engine.PreviewVariablesAsync(asked, result.GetValue(step), result.GetValue(target), cancellationToken).ConfigureAwait(false);
            string? leftOut = result.GetValue(target) is not { } about ? null
                : await session.Engine.GetLeftOutSentenceAsync(asked, result.GetValue(step), about, cancellationToken).ConfigureAwait(false);
            session.Printer.One(previews, (json, all) => json.Array(all, Write), () => PreviewListing.Print(session.Printer.Console, previews));
            session.Printer.Notices(leftOut is null ? [] : [leftOut]);
            return previews.FirstOrDefault(preview => preview.Conflict is not null) is { } tie
                ? throw new OctoWorkersException(EngineError.VariableConflict, tie.Conflict!, tie.Name)
                : ExitCodes.Success;
        }));
        return command;
    }

    private static void Write(JsonTextWriter json, VariablePreview preview)
    {
        json.WriteStartObject();
        json.Property("name", preview.Name);
        json.Property("value", preview.Value);
        json.Property("conflict", preview.Conflict);
        if (preview.Resolved is { } resolved)
        {
            Write(json, resolved);
        }

        json.Array("others", preview.Others, static (json, other) =>
        {
            json.WriteStartObject();
            json.Property("source", other.Variable.Source.ToString());
            json.Property("place", other.Variable.Place);
            VariableJson.Scope(json, other.Variable.Definition.Scope);
            json.Property("applies", other.Applies);
            json.Property("reason", other.Reason);
            json.WriteEndObject();
        });

        json.WriteEndObject();
    }

    private static void Write(JsonTextWriter json, ResolvedVariable resolved)
    {
        json.Property("sensitive", resolved.Winner.Definition.Kind == VariableKind.Sensitive);
        json.Property("source", resolved.Winner.Source.ToString());
        json.Property("place", resolved.Winner.Place);
        VariableJson.Scope(json, resolved.Winner.Definition.Scope);
        json.Property("reason", resolved.Reason);
    }
}
