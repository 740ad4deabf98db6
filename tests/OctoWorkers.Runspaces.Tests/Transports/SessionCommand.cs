using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Tests.Transports;

/// <summary>A script that runs in a session. Tests themselves have no member of a PowerShell type: they are looked through before there is a PowerShell.</summary>
internal sealed class SessionCommand : IDisposable
{
    private readonly PowerShell _shell = PowerShell.Create();
    private readonly PSDataCollection<PSObject> _input = [];
    private readonly PSDataCollection<PSObject> _output = [];

    /// <summary>Starts it.</summary>
    /// <param name="session">Where.</param>
    /// <param name="script">The script.</param>
    /// <param name="waitsForInput">Whether more input may come for it, which never does.</param>
    internal SessionCommand(IWorkerSession session, string script, bool waitsForInput = false)
    {
        if (!waitsForInput)
        {
            _input.Complete();
        }

        _shell.Runspace = session.Runspace;
        _shell.AddScript(script);
        Ended = Task.Factory.FromAsync(_shell.BeginInvoke(_input, _output), _shell.EndInvoke);
    }

    /// <summary>Ends as the script does.</summary>
    internal Task Ended { get; }

    /// <summary>Whether its session has been told to close, and has not.</summary>
    internal bool IsClosing => _shell.Runspace.RunspaceStateInfo.State == RunspaceState.Closing;

    /// <summary>How many objects have come.</summary>
    internal int Count => _output.Count;

    /// <summary>What has come, as text.</summary>
    internal IReadOnlyList<string> Written => [.. _output.Select(item => item.ToString())];

    /// <inheritdoc/>
    public void Dispose()
    {
        _shell.Dispose();
        _input.Dispose();
        _output.Dispose();
    }
}
