using System.Collections;
using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Makes a step for New-Runbook and Set-Runbook; nothing is stored.</summary>
[Cmdlet(VerbsCommon.New, "RunbookStep", DefaultParameterSetName = PowerShellSet)]
[OutputType(typeof(StepDefinition))]
public sealed class NewRunbookStepCommand : StepCommand
{
    private const string PowerShellSet = "PowerShell";
    private const string BashSet = "Bash";
    private const string PythonSet = "Python";
    private const string FileSet = "File";
    private const string RunbookSet = "Runbook";
    private const string ManualSet = "Manual";

    /// <summary>The step's name, unique in its runbook.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The script, run by the worker's <c>pwsh</c>: a script block or a text. The text is kept: variables of this session are not there when it runs.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PowerShellSet)]
    [AllowEmptyString]
    public object PowerShell { get; set; } = "";

    /// <summary>The script, run by the worker's <c>bash</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BashSet)]
    [AllowEmptyString]
    public string Bash { get; set; } = "";

    /// <summary>The script, run by the worker's <c>python3</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PythonSet)]
    [AllowEmptyString]
    public string Python { get; set; } = "";

    /// <summary>A file that holds the script; it is read now. Its extension says the language: .sh, .ps1 or .py.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Another runbook that the step runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RunbookSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string Runbook { get; set; } = "";

    /// <summary>The environment that the other runbook runs in; the run's own when not given.</summary>
    [Parameter(ParameterSetName = RunbookSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string? RunEnvironment { get; set; }

    /// <summary>Does not wait for the other run, and succeeds whatever becomes of it.</summary>
    [Parameter(ParameterSetName = RunbookSet)]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Values for what the other runbook prompts for.</summary>
    [Parameter(ParameterSetName = RunbookSet)]
    public Hashtable Variable { get; set; } = [];

    /// <summary>Instructions for a person, whom the step waits for. It runs on no worker.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManualSet)]
    [ValidateNotNullOrEmpty]
    public string Manual { get; set; } = "";

    /// <summary>The users who may answer; anyone when not given.</summary>
    [Parameter(ParameterSetName = ManualSet)]
    [ValidateNotNullOrEmpty]
    public string[] Responsible { get; set; } = [];

    /// <summary>Arguments of the script.</summary>
    [Parameter(ParameterSetName = PowerShellSet)]
    [Parameter(ParameterSetName = BashSet)]
    [Parameter(ParameterSetName = PythonSet)]
    [Parameter(ParameterSetName = FileSet)]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>Extra environment variables of the script.</summary>
    [Parameter(ParameterSetName = PowerShellSet)]
    [Parameter(ParameterSetName = BashSet)]
    [Parameter(ParameterSetName = PythonSet)]
    [Parameter(ParameterSetName = FileSet)]
    public Hashtable EnvironmentVariable { get; set; } = [];

    /// <summary>Names of the script modules that the script uses.</summary>
    [Parameter(ParameterSetName = PowerShellSet)]
    [Parameter(ParameterSetName = BashSet)]
    [Parameter(ParameterSetName = PythonSet)]
    [Parameter(ParameterSetName = FileSet)]
    [ArgumentCompleter(typeof(ScriptModuleNameCompleter))]
    public string[] Module { get; set; } = [];

    /// <summary>The pool whose worker runs it; the default pool when neither this nor <see cref="PoolVariable"/> is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string? Pool { get; set; }

    /// <summary>The worker-pool variable that names the pool.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VariableNameCompleter))]
    public string? PoolVariable { get; set; }

    /// <summary>Tags of the deployment targets that it is about: it runs once for each that has one of them and is in the run's environment.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetTagCompleter))]
    public string[] TargetTag { get; set; } = [];

    /// <summary>Runs it on a worker on behalf of each deployment target, rather than on the targets themselves.</summary>
    [Parameter]
    public SwitchParameter OnWorker { get; set; }

    /// <summary>For how many deployment targets it is under way at once at the most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TargetWindow { get; set; }

    /// <summary>What the worker must have: <c>kubectl</c>, <c>'pwsh >= 7.4'</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[] Demand { get; set; } = [];

    /// <summary>Packages: ids, or hashtables with <c>Id</c>, <c>Feed</c>, <c>Version</c>, <c>Name</c>, <c>Extract</c> and <c>Acquire</c>. Steps with the same packages in the same order share a worker.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PackageReferenceTransformation]
    public PackageReference[] Package { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(Step());
        }
        catch (OctoWorkersException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Name));
        }
    }

    private StepDefinition Step()
    {
        StepParameters.Check(this, ParameterSetName == ManualSet, MyInvocation.BoundParameters.ContainsKey);
        return WithSettings(new StepDefinition(Name, Action())
        {
            Targets = TargetTag.Length == 0 ? null : new(TargetTag) { OnWorker = OnWorker, Window = TargetWindow },
            Pool = Pool,
            PoolVariable = PoolVariable,
            Demands = [.. Demand.Select(CapabilityDemand.Parse)],
            Packages = Package,
        });
    }

    private StepAction Action() => ParameterSetName switch
    {
        RunbookSet => new RunRunbookAction(Runbook) { Environment = RunEnvironment, Wait = !NoWait, Variables = TextTable.Of(Variable) },
        ManualSet => new ManualAction(Manual) { Responsible = Responsible },
        BashSet => Script(Bash, ScriptSyntax.Bash),
        PythonSet => Script(Python, ScriptSyntax.Python),
        FileSet when ScriptFile.Read(GetUnresolvedProviderPathFromPSPath(Path)) is var (body, syntax) => Script(body, syntax),
        _ => Script(PowerShellText.Of(PowerShell, Name), ScriptSyntax.PowerShell),
    };

    private ScriptAction Script(string body, ScriptSyntax syntax) => string.IsNullOrWhiteSpace(body)
        ? throw new OctoWorkersException(EngineError.InvalidDefinition, $"Step '{Name}': the script is empty. Give what it is to do.", Name)
        : new(body)
        {
            Syntax = syntax,
            Arguments = ArgumentList,
            Environment = TextTable.Of(EnvironmentVariable),
            Modules = Module,
        };
}
