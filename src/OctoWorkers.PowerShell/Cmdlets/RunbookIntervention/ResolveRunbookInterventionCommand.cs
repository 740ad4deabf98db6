using System.Management.Automation;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookIntervention;

/// <summary>Says what is to become of failed steps that wait for a person.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "RunbookIntervention", SupportsShouldProcess = true)]
[OutputType(typeof(Interruption))]
public sealed class ResolveRunbookInterventionCommand : InterventionAnswerCommand
{
    /// <summary>What: another attempt, going on as if it had succeeded, leaving the deployment target out of the rest of the run, or letting the failure stand.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet(nameof(InterruptionAnswer.Retry), nameof(InterruptionAnswer.Ignore), nameof(InterruptionAnswer.Exclude), nameof(InterruptionAnswer.Fail))]
    public string Action { get; set; } = "";

    private protected override InterruptionAnswer Answer => Enum.Parse<InterruptionAnswer>(Action, ignoreCase: true);
}
