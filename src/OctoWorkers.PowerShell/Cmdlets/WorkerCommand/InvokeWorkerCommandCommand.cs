using System.Collections;
using System.Management.Automation;
using System.Threading.Channels;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Jobs;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Remoting;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerCommand;

/// <summary>Runs a script block on the workers of a pool: inputs go to workers as they become free, and results come as they are written.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "WorkerCommand", SupportsShouldProcess = true, DefaultParameterSetName = PoolSet)]
[OutputType(typeof(PSObject), typeof(WorkerCommandJob))]
public sealed class InvokeWorkerCommandCommand : StreamingCmdlet<PSObject?>
{
    private const string PoolSet = "Pool";
    private const string WorkerSet = "Worker";

    private CommandScript? script;
    private WorkerCommandRun? run;

    /// <summary>What is run. The input is <c>$_</c> and the first argument.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>The inputs. Without any, the script block is run once.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The pool; the default pool when not given.</summary>
    [Parameter(ParameterSetName = PoolSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string? Pool { get; set; }

    /// <summary>Names of workers; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WorkerSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Worker { get; set; } = [];

    /// <summary>What a worker must have: <c>git</c>, <c>'pwsh >= 7.4'</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[] Demand { get; set; } = [];

    /// <summary>Each worker gets every input; without inputs, runs the script block once.</summary>
    [Parameter]
    public SwitchParameter OnEachWorker { get; set; }

    /// <summary>Results come in the order of the inputs.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>Runs it as a job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>How many inputs run at once at the most, over all workers.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int ThrottleLimit { get; set; } = int.MaxValue;

    /// <summary>How many inputs run at once on one worker at the most, each in a session of its own.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int PerWorker { get; set; } = 1;

    /// <summary>Seconds that one input may take.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? TimeoutSec { get; set; }

    /// <summary>How often an input is run again that failed, took too long, or whose session broke.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int Retry { get; set; }

    /// <summary>More arguments for the script block, after the input.</summary>
    [Parameter]
    [Alias("Args")]
    public object?[] ArgumentList { get; set; } = [];

    /// <summary>The environment whose variables are <c>$OctopusParameters</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string? Environment { get; set; }

    /// <summary>The tenant whose variables they are.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string? Tenant { get; set; }

    /// <summary>Names of variable sets that are among them; the default set always is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VariableSetNameCompleter))]
    public string[] VariableSet { get; set; } = [];

    /// <summary>Values for this command; they win over all others.</summary>
    [Parameter]
    public Hashtable Variable { get; set; } = [];

    /// <summary>Names of this session's functions to be there.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FunctionNameCompleter))]
    public string[] Function { get; set; } = [];

    /// <summary>Names of this session's modules to be there.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LoadedModuleNameCompleter))]
    public string[] Module { get; set; } = [];

    /// <summary>Runs it in sessions alone that nobody has used before.</summary>
    [Parameter]
    public SwitchParameter UseNewSession { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        if (Environment is null && (Tenant is not null || VariableSet.Length > 0 || Variable.Count > 0))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "-Tenant, -VariableSet and -Variable say which variables the workers see: give -Environment too.");
        }

        bool hasInput = MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        script = CommandScripts.Of(ScriptBlock, SessionState, hasInput, MyInvocation.BoundParameters) with
        {
            Arguments = ArgumentList,
            Functions = CallerFunctions.Of(Function, SessionState),
            Modules = CallerModules.Of(Module, SessionState),
            NeedsUnused = UseNewSession,
        };
    }

    /// <inheritdoc/>
    protected override IEnumerable<PSObject?> Take() => [InputObject];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(
        EngineSession session, ChannelReader<PSObject?> given, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        WorkerCommandOrder order = Order(session);
        if (!await order.IsWantedAsync(pipeline, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (AsJob)
        {
            WorkerCommandJob job = new(order, MyInvocation.Line, ScriptBlock.ToString());
            await pipeline.AddJobAsync(job).ConfigureAwait(false);
            await job.FeedAsync(given, cancellationToken).ConfigureAwait(false);
            return;
        }

        run = new(order, pipeline);
        await run.RunAsync(given, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override string DescribeUnfinished() => run?.Running ?? "";

    private WorkerCommandOrder Order(EngineSession session) => new(session, script! with { MayRunAgain = Retry > 0 })
    {
        Pool = Pool,
        Workers = Worker,
        Demands = [.. Demand.Select(CapabilityDemand.Parse)],
        IsOrdered = Ordered,
        Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        LanesPerWorker = PerWorker,
        Options = new() { ThrottleLimit = ThrottleLimit, OnEachWorker = OnEachWorker, Retries = Retry },
        Scope = Environment is null ? null : new(Environment) { Tenant = Tenant, VariableSets = VariableSet, Variables = GivenVariables.Of(Variable) },
    };
}
