using System.Globalization;
using System.Management.Automation.Host;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>What a step in a session talks to: it takes text and an exit code, and answers no question.</summary>
internal sealed class StepHost : PSHost
{
    private readonly StepUserInterface _ui = new();
    private int _exitCode = -1;
    private int _hasExited;

    /// <summary>What the script said with <c>exit</c>; null: it did not.</summary>
    internal int? ExitCode => Volatile.Read(ref _hasExited) == 0 ? null : Volatile.Read(ref _exitCode);

    /// <summary>From now on somebody hears of a step that has not begun; null: nobody, since there is none.</summary>
    internal void Listen(IStepListener? listener)
    {
        Volatile.Write(ref _hasExited, 0);
        _ui.Listener = listener;
    }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "OctoWorkers";

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <inheritdoc/>
    public override Version Version { get; } = new(1, 0);

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
        Volatile.Write(ref _exitCode, exitCode);
        Volatile.Write(ref _hasExited, 1);
    }

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw StepUserInterface.NobodyThere();

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
