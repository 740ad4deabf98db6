using System.Management.Automation;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Tests.Transports;

/// <summary>A script that runs in a session. Tests themselves have no member of a PowerShell type: they are looked through before there is a PowerShell.</summary>
internal sealed class SessionCommand : IDisposable
{
    private readonly PowerShell _shell = PowerShell.Create();
    private readonly PSDataCollection<PSObject> _output = [];

    /// <summary>Starts it.</summary>
    internal SessionCommand(IWorkerSession session, string script)
    {
        _shell.Runspace = session.Runspace;
        _shell.AddScript(script);
        Ended = Task.Factory.FromAsync(_shell.BeginInvoke<PSObject, PSObject>(null, _output), _shell.EndInvoke);
    }

    /// <summary>Ends as the script does.</summary>
    internal Task Ended { get; }

    /// <summary>How many objects have come.</summary>
    internal int Count => _output.Count;

    /// <summary>What has come, as text.</summary>
    internal IReadOnlyList<string> Written => [.. _output.Select(item => item.ToString())];

    /// <inheritdoc/>
    public void Dispose()
    {
        _shell.Dispose();
        _output.Dispose();
    }
}
