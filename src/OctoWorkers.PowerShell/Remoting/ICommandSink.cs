using System.Management.Automation;
using OctoWorkers.Engine.Commands;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Where goes what scripts on workers write. Every call waits while whoever takes it is behind.</summary>
internal interface ICommandSink
{
    /// <summary>Takes results of an input that runs.</summary>
    /// <param name="input">The input.</param>
    /// <param name="results">The results, in order.</param>
    /// <param name="written">Called when the pipeline has taken them, or they are kept until it is their turn.</param>
    ValueTask WriteAsync(CommandInput<PSObject?> input, IReadOnlyList<object?> results, Action written);

    /// <summary>Takes a record of an input that runs.</summary>
    /// <param name="input">The input.</param>
    /// <param name="record">The record; no result and no end.</param>
    ValueTask WriteAsync(CommandInput<PSObject?> input, SessionRecord record);
}
