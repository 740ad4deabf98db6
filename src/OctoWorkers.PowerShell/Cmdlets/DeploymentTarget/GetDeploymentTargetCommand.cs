using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Gets deployment targets, with their health.</summary>
[Cmdlet(VerbsCommon.Get, "DeploymentTarget")]
[OutputType(typeof(DeploymentTargetRecord))]
public sealed class GetDeploymentTargetCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentTargetNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only those in one of these environments.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Environment { get; set; } = [];

    /// <summary>Only those with one of these tags.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetTagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>Only those that runs for one of these tenants choose.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string[] Tenant { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeploymentTargetRecord> targets = await session.Engine.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
        if (Environment.Length > 0)
        {
            IReadOnlyList<EnvironmentRecord> environments = await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
            HashSet<string> wanted = new(
                Environment.Select(name => NameSelection.Require(environments, one => one.Name, name, EngineError.EnvironmentNotFound, "environment").Name), EntityName.Comparer);
            targets = [.. targets.Where(target => target.Environments.Any(wanted.Contains))];
        }

        if (Tenant.Length > 0)
        {
            IReadOnlyList<TenantRecord> tenants = await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
            TenantRecord[] wanted = [.. Tenant.Select(name => NameSelection.Require(tenants, one => one.Name, name, EngineError.TenantNotFound, "tenant"))];
            targets = [.. targets.Where(target => wanted.Any(target.Tenants.Includes))];
        }

        targets = Tag.Length == 0 ? targets : [.. targets.Where(target => target.Tags.Any(tag => Tag.Contains(tag, EntityName.Comparer)))];
        await NameSelection.WriteAsync(targets, target => target.Name, Name, EngineError.TargetNotFound, "deployment target", pipeline).ConfigureAwait(false);
    }
}
