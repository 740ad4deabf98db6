using System.CommandLine;
using OctoWorkers.Cli.Following;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Cli.Signals;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers run</c></summary>
internal static class RunCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> runbook = new("RUNBOOK") { Description = "The runbook's name." };
        Option<string> environment = new("--environment") { Description = "The environment to run in.", HelpName = "NAME", Required = true };
        Option<string[]> files = new("--file") { Description = "Apply the definitions of this file or folder first; may be repeated.", HelpName = "PATH" };
        Option<string[]> skip = new("--skip") { Description = "Leave this step out; may be repeated.", HelpName = "STEP" };
        Option<string?> guided = GuidedFailureOption("the runbook or the environment");
        Option<string?> unavailable = UnavailableTargetsOption.Create();
        GivenOptions given = new();
        QueueOptions queue = new("the runbook");
        FollowFlags flags = new();
        Command command = new("run", "Runs a runbook and follows it. Exits with 0 when it succeeded, 1 when it failed, 3 when it was canceled.")
        {
            runbook, environment, files, skip, guided, unavailable,
        };
        given.AddTo(command);
        queue.AddTo(command);
        flags.AddTo(command, withRecurse: true);
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            if (result.GetValue(files) is { Length: > 0 } paths)
            {
                DefinitionSet definitions = await DefinitionReader.ReadAsync(paths, cancellationToken).ConfigureAwait(false);
                await DefinitionApplication.ApplyAsync(session.Store, definitions, session.Secrets, session.Time, cancellationToken).ConfigureAwait(false);
            }

            NewRun asked = queue.Read(result, new NewRun(result.GetRequiredValue(runbook), result.GetRequiredValue(environment))
            {
                Detached = flags.IsDetached(result),
                SkippedSteps = result.GetValue(skip) ?? [],
                Tenant = given.Tenant(result),
                GuidedFailure = GuidedFailureWords.Read(result.GetValue(guided) ?? "default"),
                UnavailableTargets = UnavailableTargetsOption.Read(result, unavailable),
                Variables = await given.ReadAsync(session, result, result.GetRequiredValue(runbook), cancellationToken).ConfigureAwait(false),
            });
            return await RunStart.DoAsync(
                session, flags.Read(result), asked.Detached, token => session.Engine.StartRunAsync(asked, token), cancellationToken).ConfigureAwait(false);
        }));
        return command;
    }

    /// <summary>The option that says whether a step that fails asks a person.</summary>
    /// <param name="source">What counts otherwise.</param>
    internal static Option<string?> GuidedFailureOption(string source) => new("--guided-failure")
    {
        Description = $"Whether a step that fails asks a person: on, off, or as {source} says (default).", HelpName = "MODE",
    };
}
