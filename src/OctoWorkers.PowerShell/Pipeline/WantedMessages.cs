using System.Management.Automation;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>Writes messages to a cmdlet's streams that are wanted whatever the preferences of its session are.</summary>
internal static class WantedMessages
{
    // A cmdlet can do so for nobody but itself; these two write where the cmdlet would that calls them.
    private static readonly ScriptBlock Verbose = ScriptBlock.Create(@"param($message) Microsoft.PowerShell.Utility\Write-Verbose -Message $message -Verbose");
    private static readonly ScriptBlock Debug = ScriptBlock.Create(@"param($message) Microsoft.PowerShell.Utility\Write-Debug -Message $message -Debug");

    /// <summary>Writes to the verbose stream.</summary>
    internal static void WriteVerbose(PSCmdlet cmdlet, string message) => cmdlet.InvokeCommand.InvokeScript(true, Verbose, null, message);

    /// <summary>Writes to the debug stream.</summary>
    internal static void WriteDebug(PSCmdlet cmdlet, string message) => cmdlet.InvokeCommand.InvokeScript(true, Debug, null, message);
}
