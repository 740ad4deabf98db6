namespace OctoWorkers;

/// <summary>Why the engine refused or failed. The names are the public error ids (docs/errors.md).</summary>
public enum EngineError
{
    /// <summary>An argument or option is not usable as given.</summary>
    InvalidArgument,
    /// <summary>A definition (YAML or built in code) breaks a rule.</summary>
    InvalidDefinition,
    /// <summary>A definitions file cannot be read.</summary>
    DefinitionNotReadable,
    /// <summary>A template refers to itself, is nested too deep, or makes too much text; or it may have no problem, and has one.</summary>
    TemplateInvalid,
    /// <summary>No environment has that name.</summary>
    EnvironmentNotFound,
    /// <summary>No worker pool has that name.</summary>
    WorkerPoolNotFound,
    /// <summary>No worker has that name.</summary>
    WorkerNotFound,
    /// <summary>No deployment target has that name.</summary>
    TargetNotFound,
    /// <summary>No machine policy has that name.</summary>
    MachinePolicyNotFound,
    /// <summary>No runbook has that name.</summary>
    RunbookNotFound,
    /// <summary>No run has that id.</summary>
    RunNotFound,
    /// <summary>No tenant has that name.</summary>
    TenantNotFound,

    /// <summary>No variable has that name, or none with that scope.</summary>
    VariableNotFound,

    /// <summary>No variable set has that name.</summary>
    VariableSetNotFound,

    /// <summary>No script module has that name.</summary>
    ScriptModuleNotFound,

    /// <summary>The runbook has no step of that name or number, or no runbook has.</summary>
    StepNotFound,

    /// <summary>No artifact of the run has that number or name.</summary>
    ArtifactNotFound,

    /// <summary>No interruption has that id.</summary>
    InterruptionNotFound,

    /// <summary>An interruption was answered already, or its run went on without an answer.</summary>
    InterruptionOver,

    /// <summary>Somebody else is to answer an interruption.</summary>
    NotResponsible,

    /// <summary>No feed of packages has that name, or its folder is not there.</summary>
    FeedNotFound,

    /// <summary>The feed has no package of that id, or not in that version.</summary>
    PackageNotFound,

    /// <summary>A package's bytes are not those that it had under the same version before.</summary>
    PackageChanged,

    /// <summary>A file is no package, or holds what must not be extracted.</summary>
    PackageInvalid,

    /// <summary>A file or folder that is to be copied is not there.</summary>
    PathNotFound,

    /// <summary>No setting has that name.</summary>
    SettingNotFound,
    /// <summary>Something of that name exists already.</summary>
    AlreadyExists,
    /// <summary>It cannot be removed or changed while something uses it.</summary>
    InUse,
    /// <summary>The runbook may not run in that environment.</summary>
    EnvironmentNotAllowed,
    /// <summary>The pool has no worker that may take the step.</summary>
    NoEligibleWorker,
    /// <summary>A deployment target that a run needs is not healthy, or a required step has none.</summary>
    NoEligibleTarget,
    /// <summary>Two values of a variable apply, and neither is more specific.</summary>
    VariableConflict,

    /// <summary>A value that a runbook prompts for was not given, or is none of those allowed.</summary>
    PromptedValueInvalid,

    /// <summary>A sensitive value cannot be read: its key is missing, or the value was changed.</summary>
    SecretUnreadable,

    /// <summary>A worker cannot be reached.</summary>
    WorkerUnavailable,
    /// <summary>A worker was reached, but lacks what is needed there.</summary>
    WorkerUnusable,
    /// <summary>What was asked for does not work on this platform, or not yet.</summary>
    UnsupportedPlatform,
    /// <summary>A worker or a connection spoke something that is not the protocol.</summary>
    ProtocolViolation,
    /// <summary>Runbooks call each other in a circle, or deeper than 32 levels.</summary>
    RunbookCycle,
    /// <summary>Runs would wait for each other in a circle, for ever.</summary>
    WaitCycle,
    /// <summary>A state machine was asked for a move that its table does not hold.</summary>
    InvalidTransition,
    /// <summary>A newer owner has taken over: this one's fencing token is too low.</summary>
    FencedOut,
    /// <summary>A run has the wrong state for what was asked.</summary>
    InvalidRunState,
    /// <summary>A script ended with another exit code than 0.</summary>
    ScriptFailed,
    /// <summary>A step ran longer than it may.</summary>
    StepTimedOut,
    /// <summary>A run took longer than it may.</summary>
    RunTimedOut,
    /// <summary>A run was waited for no longer; it goes on.</summary>
    WaitTimedOut,
    /// <summary>A run ended otherwise than with success.</summary>
    RunFailed,

    /// <summary>A run or step was canceled.</summary>
    Canceled,
    /// <summary>Contact with a worker was lost for too long: what happened to the step is unknown.</summary>
    OutcomeUnknown,
    /// <summary>A run that a step started ended otherwise than with success.</summary>
    ChildRunFailed,
    /// <summary>The store cannot be written.</summary>
    StoreReadOnly,
    /// <summary>The store's disk is full.</summary>
    StoreFull,
    /// <summary>The store's file is damaged, or is not a store.</summary>
    StoreCorrupt,
    /// <summary>The store was written by a newer version.</summary>
    StoreTooNew,
    /// <summary>The store was locked by another process for too long.</summary>
    StoreBusy,
    /// <summary>The store cannot be opened.</summary>
    StoreUnavailable,
    /// <summary>A bug: what happened was not foreseen.</summary>
    UnexpectedFailure,
}
