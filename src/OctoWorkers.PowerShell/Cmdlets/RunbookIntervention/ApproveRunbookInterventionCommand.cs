using System.Management.Automation;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookIntervention;

/// <summary>Lets runs go on that wait for a manual intervention.</summary>
[Cmdlet(VerbsLifecycle.Approve, "RunbookIntervention", SupportsShouldProcess = true)]
[OutputType(typeof(Interruption))]
public sealed class ApproveRunbookInterventionCommand : InterventionAnswerCommand
{
    private protected override InterruptionAnswer Answer => InterruptionAnswer.Proceed;
}
