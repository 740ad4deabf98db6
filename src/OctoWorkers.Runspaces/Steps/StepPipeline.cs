using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>
/// The pipeline of a step. A session that waits for its step has one under way already, which waits for what the step needs: the session has done all that can be done before that is known.
/// </summary>
internal sealed class StepPipeline : IDisposable
{
    private readonly PowerShell _shell = PowerShell.Create();
    private readonly StepHost _host = new();
    private readonly PSDataCollection<PSObject> _input = [];
    private readonly PSDataCollection<PSObject> _result = [];
    private IAsyncResult? _running;

    private StepPipeline(Runspace runspace)
    {
        _shell.Runspace = runspace;
        _shell.AddScript(RemoteScript.Run);

        // The one stream that does not go the way of the others, and nobody reads.
        _shell.Streams.Progress.DataAdded += (sender, _) => (sender as PSDataCollection<ProgressRecord>)?.Clear();
    }

    /// <summary>What it has returned.</summary>
    internal IReadOnlyList<PSObject?> Result => [.. _result];

    /// <summary>What the script said with <c>exit</c>; null: it did not.</summary>
    internal int? ExitCode => _host.ExitCode;

    /// <summary>Begins one that waits for its step.</summary>
    /// <param name="runspace">A session in which nothing runs.</param>
    internal static StepPipeline Open(Runspace runspace)
    {
        StepPipeline pipeline = new(runspace);
        pipeline.Begin();
        return pipeline;
    }

    /// <summary>Begins the step for which it waits.</summary>
    /// <param name="step">What the step needs.</param>
    /// <param name="listener">Hears what it writes, and of its end.</param>
    internal void Start(Hashtable step, IStepListener listener)
    {
        _host.Listen(listener);
        _input.Add(new PSObject(step));
        _input.Complete();
    }

    /// <summary>Ends when the pipeline has.</summary>
    /// <exception cref="RuntimeException">It failed, was stopped, or its session was lost.</exception>
    internal Task EndAsync() => Task.Factory.FromAsync(_running!, _shell.EndInvoke);

    /// <summary>Stops it, as Ctrl+C would.</summary>
    internal Task StopAsync() => Task.Factory.FromAsync(_shell.BeginStop, _shell.EndStop, null);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_running?.IsCompleted != false)
        {
            _shell.Dispose();
            _input.Dispose();
            _result.Dispose();
        }
    }

    private void Begin() => _running = _shell.BeginInvoke(_input, _result, new PSInvocationSettings { Host = _host }, null, null);
}
