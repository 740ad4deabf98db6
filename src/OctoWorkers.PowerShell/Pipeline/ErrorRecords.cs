using System.Management.Automation;
using System.Management.Automation.Language;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>The only place where the engine's errors become PowerShell's. The error id is the name of the <see cref="EngineError"/> (docs/errors.md).</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord From(OctoWorkersException e) => From(e, e.Subject);

    internal static ErrorRecord From(OctoWorkersException e, object? target)
    {
        ErrorRecord record = new(e, e.Error.ToString(), CategoryOf(e.Error), target);
        if (e is MissingValueException missing)
        {
            string name = CodeGeneration.EscapeSingleQuotedStringContent(missing.Variable);
            string remedy = $"Give it: -Variable @{{ '{name}' = {(missing.IsSecret ? "(Read-Host -AsSecureString)" : "'VALUE'")} }}.";
            record.ErrorDetails = new($"{e.Message} {remedy}") { RecommendedAction = remedy };
        }

        return record;
    }

    internal static ErrorRecord Unexpected(Exception e) => new(e, nameof(EngineError.UnexpectedFailure), ErrorCategory.NotSpecified, null);

    internal static ErrorCategory CategoryOf(EngineError error) => error switch
    {
        EngineError.EnvironmentNotFound or EngineError.MachinePolicyNotFound or EngineError.TargetNotFound or EngineError.WorkerPoolNotFound or EngineError.WorkerNotFound or EngineError.RunbookNotFound
            or EngineError.RunNotFound or EngineError.SettingNotFound or EngineError.TenantNotFound or EngineError.VariableNotFound
            or EngineError.VariableSetNotFound or EngineError.ScriptModuleNotFound or EngineError.StepNotFound or EngineError.ArtifactNotFound
            or EngineError.FeedNotFound or EngineError.PackageNotFound or EngineError.PathNotFound => ErrorCategory.ObjectNotFound,
        EngineError.InvalidArgument or EngineError.PromptedValueInvalid => ErrorCategory.InvalidArgument,
        EngineError.InvalidDefinition or EngineError.PackageInvalid or EngineError.PackageChanged or EngineError.RunbookCycle or EngineError.WaitCycle or EngineError.VariableConflict => ErrorCategory.InvalidData,
        EngineError.TemplateInvalid => ErrorCategory.ParserError,
        EngineError.DefinitionNotReadable or EngineError.SecretUnreadable => ErrorCategory.ReadError,
        EngineError.AlreadyExists => ErrorCategory.ResourceExists,
        EngineError.InUse or EngineError.StoreBusy => ErrorCategory.ResourceBusy,
        EngineError.EnvironmentNotAllowed or EngineError.InvalidTransition or EngineError.InvalidRunState => ErrorCategory.InvalidOperation,
        EngineError.NoEligibleWorker or EngineError.StoreUnavailable => ErrorCategory.ResourceUnavailable,
        EngineError.WorkerUnavailable => ErrorCategory.ConnectionError,
        EngineError.WorkerUnusable or EngineError.UnsupportedPlatform => ErrorCategory.NotInstalled,
        EngineError.ProtocolViolation => ErrorCategory.ProtocolError,
        EngineError.FencedOut or EngineError.Canceled => ErrorCategory.OperationStopped,
        EngineError.StepTimedOut or EngineError.RunTimedOut or EngineError.WaitTimedOut => ErrorCategory.OperationTimeout,
        EngineError.ScriptFailed or EngineError.OutcomeUnknown or EngineError.ChildRunFailed or EngineError.RunFailed => ErrorCategory.InvalidResult,
        EngineError.StoreReadOnly or EngineError.StoreFull => ErrorCategory.WriteError,
        EngineError.StoreCorrupt or EngineError.StoreTooNew => ErrorCategory.InvalidData,
        _ => ErrorCategory.NotSpecified,
    };
}
