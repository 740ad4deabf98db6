using System.Collections;
using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerMachinePolicy;

/// <summary>What the cmdlets that define a machine policy have in common.</summary>
public abstract class WorkerMachinePolicyDefinitionCommand : EngineCmdlet
{
    /// <summary>What it is for.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>How long the finding of a check holds; as the setting healthInterval says when not given.</summary>
    [Parameter]
    public TimeSpan? Interval { get; set; }

    /// <summary>What a check does.</summary>
    [Parameter]
    public HealthCheckKind? Kind { get; set; }

    /// <summary>The health script in Bash.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Bash { get; set; }

    /// <summary>The health script in PowerShell: a text or a script block.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? PowerShell { get; set; }

    /// <summary>The health script in Python.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Python { get; set; }

    /// <summary>How long the script may take; two minutes when not given.</summary>
    [Parameter]
    public TimeSpan? Timeout { get; set; }

    /// <summary>How long a worker may stay unavailable before it is removed; zero: it is kept.</summary>
    [Parameter]
    public TimeSpan? RemoveUnavailableAfter { get; set; }

    /// <summary>What becomes of runs when a deployment target with this policy is not healthy, where neither run nor runbook says so.</summary>
    [Parameter]
    public UnavailableTargets? UnavailableTargets { get; set; }

    /// <summary>Capabilities to look for: names, and the commands that write their versions.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Capability { get; set; }

    private protected MachinePolicyDefinition Defined(MachinePolicyDefinition now)
    {
        Dictionary<ScriptSyntax, string> scripts = new(now.Scripts);
        foreach ((ScriptSyntax syntax, string? body) in ((ScriptSyntax, string?)[])
            [(ScriptSyntax.Bash, Bash), (ScriptSyntax.PowerShell, PowerShell?.ToString()), (ScriptSyntax.Python, Python)])
        {
            if (body is not null)
            {
                scripts[syntax] = body;
            }
        }

        return now with
        {
            Description = Description ?? now.Description,
            Interval = Interval ?? now.Interval,
            Kind = Kind ?? now.Kind,
            Scripts = scripts,
            Timeout = Timeout ?? now.Timeout,
            RemoveUnavailableAfter = RemoveUnavailableAfter is { } after ? (after == TimeSpan.Zero ? null : after) : now.RemoveUnavailableAfter,
            UnavailableTargets = UnavailableTargets ?? now.UnavailableTargets,
            Capabilities = Capability is null
                ? now.Capabilities
                : [.. Capability.Keys.Cast<object>().Select(name => new CapabilityProbeDefinition($"{name}", $"{Capability[name]}"))],
        };
    }
}
