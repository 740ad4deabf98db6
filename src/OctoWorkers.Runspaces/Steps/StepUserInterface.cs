using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>Takes what a step writes. Calls come one after another, in the order in which the step wrote.</summary>
internal sealed class StepUserInterface : PSHostUserInterface
{
    /// <summary>The session asks with this caption: whether it may go on writing, or what comes after its step.</summary>
    private const string SessionCaption = "octoworkers";
    private const int Yes = 0;
    private const int No = 1;
    private volatile IStepListener? _listener;

    /// <summary>Who hears of the step; null: there is no step.</summary>
    internal IStepListener? Listener
    {
        get => _listener;
        set => _listener = value;
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new StepRawUserInterface();

    /// <inheritdoc/>
    public override void Write(string value) => Write(OutputKind.Out, value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(OutputKind.Out, value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(OutputKind.Out, value + "\n");

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => Write(OutputKind.Error, value);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteLevel("verbose", message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteLevel("verbose", message);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteLevel("warning", message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (caption != SessionCaption || _listener is not { } listener)
        {
            throw NobodyThere();
        }

        // 'over', the exit code, 'gone' when nothing is left of it, and what the session can do, before what it wrote last; or 'taken'.
        string[] parts = message.Split('\n', 2);
        if (parts[0].Split(' ') is not ["over", string code, .. string[] words])
        {
            return listener.Output.HasRoom ? Yes : No;
        }

        listener.Output.Write(OutputKind.Out, parts.Length > 1 ? parts[1] : "");
        return (int)listener.Hear(new(int.Parse(code, CultureInfo.InvariantCulture), words.Contains("gone"), words.Contains("ends"), words.Contains("waits")));
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw NobodyThere();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NobodyThere();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NobodyThere();

    /// <inheritdoc/>
    public override string ReadLine() => throw NobodyThere();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw NobodyThere();

    /// <summary>A message of a level, as the log knows it.</summary>
    internal static string OfLevel(string level, string message) => $"##octopus[stdout-{level}]\n{message}\n##octopus[stdout-default]\n";

    /// <summary>A script asks, and nobody is there.</summary>
    internal static PSInvalidOperationException NobodyThere()
        => new("A step runs without a person who could answer: Read-Host, prompts and confirmations do not work there. Give it a variable, or let the runbook prompt before it starts.");

    private void Write(OutputKind kind, string text) => _listener?.Output.Write(kind, text);

    private void WriteLevel(string level, string message) => Write(OutputKind.Out, OfLevel(level, message));
}
