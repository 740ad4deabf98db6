using System.Globalization;
using System.Management.Automation.Host;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>
/// What a script on a worker sees as its host: nobody answers there, so that whatever asks fails at once instead of waiting for ever. What it writes to the host comes as
/// information records all the same.
/// </summary>
/// <param name="mark">The caption of the question by which the module's own script waits until its results were taken; null: it does not.</param>
/// <param name="wait">Waits for that.</param>
internal sealed class SessionHost(string? mark, Action wait) : PSHost
{
    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "OctoWorkers";

    public override Version Version { get; } = typeof(SessionHost).Assembly.GetName().Version ?? new(0, 1);

    public override PSHostUserInterface UI { get; } = new SessionHostInterface(mark, wait);

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void EnterNestedPrompt() => throw SessionHostInterface.NotInteractive();

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
