using System.Management.Automation;
using OctoWorkers.PowerShell.Selection;

namespace OctoWorkers.PowerShell.Formatting;

/// <summary>What a cancel or time-out left on a worker, in a sentence. For the views of the module.</summary>
public static class ReceiptText
{
    /// <summary>The sentence; empty when nothing was ended.</summary>
    /// <param name="value">The receipt, or what became of one in a file; null when the attempt ended by itself.</param>
    public static string Of(object? value)
    {
        if ((value is PSObject wrapped ? wrapped.BaseObject : value) is not TerminationReceipt receipt)
        {
            return value is PSObject bag ? Deserialized.Text(bag, nameof(TerminationReceipt.Verdict)) : "";
        }

        string ended = receipt.Ended.Count == 0 ? "" : $"ended {Names(receipt.Ended)}{(receipt.Means is { } means ? $" by {Words(means)}" : "")}; ";
        return receipt.Verdict switch
        {
            TerminationVerdict.NothingLeft => $"{ended}nothing is left",
            TerminationVerdict.NoneFound => $"{ended}nothing more was found",
            TerminationVerdict.Left => $"{ended}still there: {Names(receipt.Remaining)}",
            TerminationVerdict.NeverStarted => "it had not started, and never will",
            _ => "unverified: the worker could not be reached; it is cleaned at the next contact",
        };
    }

    private static string Names(IReadOnlyList<EndedProcess> processes)
    {
        const int Most = 5;
        string more = processes.Count > Most ? $" and {processes.Count - Most} more" : "";
        return string.Join(", ", processes.Take(Most).Select(process => $"{process.Name} ({process.ProcessId}, {process.Signal})")) + more;
    }

    private static string Words(TerminationMeans means) => means switch
    {
        TerminationMeans.ControlGroup => "control group",
        TerminationMeans.PidNamespace => "PID namespace",
        TerminationMeans.Subreaper => "subreaper",
        _ => "search",
    };
}
