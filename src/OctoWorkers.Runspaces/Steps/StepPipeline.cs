using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>
/// The pipeline of a step, and of those after it where its session is kept for them. A session that waits for its step has one under way already, which waits for what the step needs: the
/// session has done all that can be done before that is known.
/// </summary>
internal sealed class StepPipeline : IDisposable
{
    private readonly PowerShell _shell = PowerShell.Create();
    private readonly StepHost _host = new();
    private readonly PSDataCollection<PSObject> _input = [];
    private readonly PSDataCollection<PSObject> _result = [];
    private Task? _told;
    private Task? _ended;

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
        try
        {
            Task<PSDataCollection<PSObject>> told = Task.Factory.FromAsync(
                pipeline._shell.BeginInvoke(pipeline._input, pipeline._result, new PSInvocationSettings { Host = pipeline._host }, null, null), pipeline._shell.EndInvoke);
            pipeline._told = told;
            pipeline._ended = RunspaceStates.EndAsync(told, runspace);
            return pipeline;
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <summary>Whether it has ended.</summary>
    internal bool HasEnded => _ended!.IsCompleted;

    /// <summary>The records of the step before this one, which the session has and whose run it is kept for; null: it has none.</summary>
    internal ReadOnlyMemory<byte>? Given { get; private set; }

    /// <summary>Begins the step for which it waits.</summary>
    /// <param name="step">What the step needs.</param>
    /// <param name="listener">Hears what it writes, and of its end.</param>
    internal void Start(Hashtable step, IStepListener listener)
    {
        _host.Listen(listener);
        _input.Add(new PSObject(step));
    }

    /// <summary>Its step is over, and there is none yet that it could begin.</summary>
    /// <param name="given">The step's records, where the session keeps what they say for the next step; null: it forgets it.</param>
    internal void Rest(ReadOnlyMemory<byte>? given)
    {
        Given = given;
        _host.Listen(null);

        // It would be kept as long as the pipeline, and secrets are in it.
        _input[^1] = null!;
    }

    /// <summary>No other step comes: it ends when that which runs has.</summary>
    internal void Complete()
    {
        try
        {
            _input.Complete();
        }
        catch (Exception)
        {
            // It has ended, or its session breaks: then PowerShell throws whatever it stumbles over.
        }
    }

    /// <summary>Ends when the pipeline has.</summary>
    /// <exception cref="RuntimeException">It failed, was stopped, or its session was lost.</exception>
    internal Task EndAsync() => _ended!;

    /// <summary>Stops it, as Ctrl+C would.</summary>
    internal Task StopAsync()
    {
        // If the session breaks while it is being stopped, PowerShell fails at closing an input that is still open, and never tells of the end.
        Complete();
        return Task.Factory.FromAsync(_shell.BeginStop, _shell.EndStop, null);
    }

    /// <summary>Nobody needs it any more: it is disposed of when it has ended, however that is. One of whose end PowerShell says nothing cannot be: it would be waited for.</summary>
    internal void Abandon()
    {
        _ended!.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _told!.ContinueWith(
            static (told, pipeline) =>
            {
                _ = told.Exception;
                ((StepPipeline)pipeline!).Dispose();
            }, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Disposes of it, when it has ended.</summary>
    public void Dispose()
    {
        _shell.Dispose();
        _input.Dispose();
        _result.Dispose();
    }
}
