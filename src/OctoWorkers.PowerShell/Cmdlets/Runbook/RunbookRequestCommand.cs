using System.Collections;
using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>What a run is asked for with: whether it is to be started, or only planned.</summary>
public abstract class RunbookRequestCommand : EngineCmdlet
{
    /// <summary>Names of the runbooks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Runbook")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The environment to run in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string Environment { get; set; } = "";

    /// <summary>The tenant that the run is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string? Tenant { get; set; }

    /// <summary>
    /// Values given on the run, by name: for what the runbook prompts for, and any others. A SecureString is a secret; a PSCredential gives <c>Name.UserName</c> and
    /// the secret <c>Name.Password</c>.
    /// </summary>
    [Parameter]
    public Hashtable Variable { get; set; } = [];
}
