using System.Management.Automation;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookIntervention;

/// <summary>Ends manual interventions as failed, and with them their runs.</summary>
[Cmdlet(VerbsLifecycle.Deny, "RunbookIntervention", SupportsShouldProcess = true)]
[OutputType(typeof(Interruption))]
public sealed class DenyRunbookInterventionCommand : InterventionAnswerCommand
{
    private protected override InterruptionAnswer Answer => InterruptionAnswer.Abort;
}
