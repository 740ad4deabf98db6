using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Shows nothing, since all of it comes in streams too, and answers no questions.</summary>
/// <param name="mark">The caption of the one question that is answered, when there is room for more results; null: there is none.</param>
/// <param name="wait">Waits for that.</param>
internal sealed class SessionHostInterface(string? mark, Action wait) : PSHostUserInterface
{
    public override PSHostRawUserInterface? RawUI => null;

    /// <summary>What is thrown where a script asks something.</summary>
    internal static PSInvalidOperationException NotInteractive()
        => new("The script asks for input, and a command on workers is not interactive. Give it what it needs by -ArgumentList, $using: or -Variable.");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (mark is null || caption != mark)
        {
            throw NotInteractive();
        }

        wait();
        return 0;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw NotInteractive();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NotInteractive();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NotInteractive();

    public override string ReadLine() => throw NotInteractive();

    public override SecureString ReadLineAsSecureString() => throw NotInteractive();

    public override void Write(string value)
    {
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
    }

    public override void WriteLine(string value)
    {
    }

    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteErrorLine(string value)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }
}
