using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>What asynchronous code may ask of the pipeline's thread. Every call waits while the pipeline is behind.</summary>
public interface IPipelineWriter
{
    /// <summary>Writes an object to the pipeline.</summary>
    /// <param name="value">The object, itself: collections are not taken apart.</param>
    ValueTask WriteObjectAsync(object? value);

    /// <summary>Writes several objects to the pipeline, in order.</summary>
    /// <param name="values">The objects, themselves: collections among them are not taken apart. What makes them runs on the pipeline's thread.</param>
    /// <param name="written">Called when they were taken.</param>
    ValueTask WriteObjectsAsync(IEnumerable<object?> values, Action? written);

    /// <summary>Writes an error that does not end the command, unless <c>ErrorAction</c> says so.</summary>
    /// <param name="error">The error.</param>
    ValueTask WriteErrorAsync(ErrorRecord error);

    /// <summary>Writes to the warning stream.</summary>
    /// <param name="message">The text.</param>
    ValueTask WriteWarningAsync(string message);

    /// <summary>Writes to the verbose stream.</summary>
    /// <param name="message">The text.</param>
    ValueTask WriteVerboseAsync(string message);

    /// <summary>Writes to the debug stream.</summary>
    /// <param name="message">The text.</param>
    ValueTask WriteDebugAsync(string message);

    /// <summary>Writes a record that another session wrote to its verbose stream. It was asked for there: it comes whatever this session's preference is.</summary>
    /// <param name="record">The record.</param>
    ValueTask WriteVerboseAsync(VerboseRecord record);

    /// <summary>Writes a record that another session wrote to its debug stream. It was asked for there: it comes whatever this session's preference is.</summary>
    /// <param name="record">The record.</param>
    ValueTask WriteDebugAsync(DebugRecord record);

    /// <summary>Writes a record that another session wrote to its information stream.</summary>
    /// <param name="record">The record.</param>
    ValueTask WriteInformationAsync(InformationRecord record);

    /// <summary>Writes to the information stream.</summary>
    /// <param name="data">What to write; a <see cref="HostInformationMessage"/> is shown as <c>Write-Host</c> shows it.</param>
    /// <param name="tags">Words to find it by.</param>
    ValueTask WriteInformationAsync(object data, string[] tags);

    /// <summary>Shows progress.</summary>
    /// <param name="progress">The state.</param>
    ValueTask WriteProgressAsync(ProgressRecord progress);

    /// <summary>Asks whether a change may be made (<c>-WhatIf</c>, <c>-Confirm</c>).</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">How.</param>
    Task<bool> ShouldProcessAsync(string target, string action);

    /// <summary>Makes a job known to the session and writes it to the pipeline.</summary>
    /// <param name="added">The job.</param>
    ValueTask AddJobAsync(Job added);

    /// <summary>Makes the host's prompt that of another session.</summary>
    /// <param name="runspace">The session.</param>
    /// <returns>The host, which tells when its user has left again.</returns>
    Task<IHostSupportsInteractiveSession> EnterAsync(Runspace runspace);
}
