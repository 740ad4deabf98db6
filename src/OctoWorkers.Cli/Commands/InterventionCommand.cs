using System.CommandLine;
using OctoWorkers.Cli.Commands.Interventions;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers intervention</c></summary>
internal static class InterventionCommand
{
    internal static Command Create(CommandInvocation invocation) => new("intervention", "Shows and answers what runs wait for people for.")
    {
        InterventionListCommand.Create(invocation),
        InterventionShowCommand.Create(invocation),
        InterventionTakeCommand.Create(invocation),
        InterventionAnswerCommand.Create(invocation, InterruptionAnswer.Proceed, "Lets a run go on that waits for a manual intervention."),
        InterventionAnswerCommand.Create(invocation, InterruptionAnswer.Abort, "Ends a manual intervention as failed, and with it the run."),
        InterventionAnswerCommand.Create(invocation, InterruptionAnswer.Retry, "Has a failed step tried again, on a worker that is drawn anew."),
        InterventionAnswerCommand.Create(invocation, InterruptionAnswer.Ignore, "Lets a run go on as if the failed step had succeeded; not for a required step."),
        InterventionAnswerCommand.Create(invocation, InterruptionAnswer.Exclude, "Leaves the deployment target that a step failed for out of the rest of the run."),
        InterventionAnswerCommand.Create(invocation, InterruptionAnswer.Fail, "Lets a failure stand."),
    };
}
