namespace OctoWorkers.Cli;

/// <summary>What the command's exit codes mean (docs/errors.md). The only map from errors to codes.</summary>
internal static class ExitCodes
{
    /// <summary>It did what was asked.</summary>
    internal const int Success = 0;

    /// <summary>The run failed, or doctor or a check found a problem.</summary>
    internal const int Failed = 1;

    /// <summary>Arguments or definitions are not usable.</summary>
    internal const int Usage = 2;

    /// <summary>The run was canceled.</summary>
    internal const int Canceled = 3;

    /// <summary>Something that was named does not exist.</summary>
    internal const int NotFound = 4;

    /// <summary>It exists already, is in use, or has the wrong state.</summary>
    internal const int Conflict = 5;

    /// <summary>There is no worker to do it, or a deployment target that is needed cannot be used.</summary>
    internal const int NoWorker = 6;

    /// <summary>The store cannot be used.</summary>
    internal const int Store = 7;

    /// <summary>Another engine has taken over, something does not speak the protocol, or the platform is not supported.</summary>
    internal const int Environment = 8;

    /// <summary>A bug.</summary>
    internal const int Unexpected = 70;

    /// <summary>Standard output takes nothing more.</summary>
    internal const int Unwritable = 74;

    /// <summary>Nobody reads the output: what a program gets that SIGPIPE ends.</summary>
    internal const int BrokenPipe = Signal + 13;

    /// <summary>Added to the number of the signal that ended the command, as shells do.</summary>
    internal const int Signal = 128;

    /// <summary>The code of an error.</summary>
    internal static int Of(EngineError error) => error switch
    {
        EngineError.ScriptFailed or EngineError.StepTimedOut or EngineError.RunTimedOut or EngineError.WaitTimedOut or EngineError.OutcomeUnknown
            or EngineError.ChildRunFailed or EngineError.RunFailed => Failed,
        EngineError.InvalidArgument or EngineError.InvalidDefinition or EngineError.DefinitionNotReadable or EngineError.RunbookCycle or EngineError.WaitCycle
            or EngineError.VariableConflict or EngineError.PromptedValueInvalid or EngineError.TemplateInvalid or EngineError.PackageInvalid => Usage,
        EngineError.Canceled => Canceled,
        EngineError.EnvironmentNotFound or EngineError.WorkerPoolNotFound or EngineError.WorkerNotFound or EngineError.TargetNotFound or EngineError.MachinePolicyNotFound or EngineError.RunbookNotFound
            or EngineError.RunNotFound or EngineError.SettingNotFound or EngineError.TenantNotFound or EngineError.VariableNotFound
            or EngineError.VariableSetNotFound or EngineError.ScriptModuleNotFound or EngineError.StepNotFound or EngineError.ArtifactNotFound
            or EngineError.InterruptionNotFound or EngineError.FeedNotFound or EngineError.PackageNotFound or EngineError.PathNotFound => NotFound,
        EngineError.AlreadyExists or EngineError.InUse or EngineError.InvalidRunState or EngineError.InvalidTransition
            or EngineError.EnvironmentNotAllowed or EngineError.InterruptionOver or EngineError.NotResponsible or EngineError.PackageChanged => Conflict,
        EngineError.NoEligibleWorker or EngineError.NoEligibleTarget or EngineError.WorkerUnavailable or EngineError.WorkerUnusable => NoWorker,
        EngineError.StoreReadOnly or EngineError.StoreFull or EngineError.StoreCorrupt or EngineError.StoreTooNew or EngineError.StoreBusy
            or EngineError.StoreUnavailable or EngineError.SecretUnreadable => Store,
        EngineError.FencedOut or EngineError.ProtocolViolation or EngineError.UnsupportedPlatform => Environment,
        _ => Unexpected,
    };

    /// <summary>The code of a run that has ended; one that could not be planned has the code that planning it has.</summary>
    internal static int Of(RunDetails run) => run.Cause is { } cause ? Of(cause) : Of(run.Run.Status);

    /// <summary>The code of a run that has ended, whatever the reason.</summary>
    internal static int Of(RunStatus status) => status switch
    {
        RunStatus.Success => Success,
        RunStatus.Canceled => Canceled,
        _ => Failed,
    };
}
