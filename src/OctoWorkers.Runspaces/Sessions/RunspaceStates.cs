using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Waits for a runspace to be open, or closed, without a thread that waits.</summary>
internal static class RunspaceStates
{
    // What a pipeline hears of its session's end it hears before anybody else, if it does.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Opens it.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <param name="cancellationToken">Gives up; it is closed then.</param>
    /// <exception cref="System.Management.Automation.RuntimeException">What PowerShell says of why it could not be opened.</exception>
    internal static async Task OpenAsync(Runspace runspace, CancellationToken cancellationToken)
    {
        TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Changed(object? sender, RunspaceStateEventArgs e)
        {
            if (e.RunspaceStateInfo.State == RunspaceState.Opened)
            {
                opened.TrySetResult();
            }
            else if (e.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
            {
                opened.TrySetException(e.RunspaceStateInfo.Reason ?? new InvalidRunspaceStateException("The session was closed while it was opened."));
            }
        }

        runspace.StateChanged += Changed;
        try
        {
            runspace.OpenAsync();
            await opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            runspace.StateChanged -= Changed;
        }
    }

    /// <summary>Closes it and waits; one that does not answer is left to its transport, which ends by itself.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <returns>Whether it is closed.</returns>
    internal static async Task<bool> CloseAsync(Runspace runspace, TimeSpan patience)
    {
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Changed(object? sender, RunspaceStateEventArgs e)
        {
            if (IsOver(e.RunspaceStateInfo.State))
            {
                closed.TrySetResult();
            }
        }

        runspace.StateChanged += Changed;
        try
        {
            if (!IsOver(runspace.RunspaceStateInfo.State) && runspace.RunspaceStateInfo.State != RunspaceState.Closing)
            {
                runspace.CloseAsync();
            }

            if (!IsOver(runspace.RunspaceStateInfo.State))
            {
                await closed.Task.WaitAsync(patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (InvalidRunspaceStateException)
        {
            // It was closed by its connection meanwhile.
        }

        runspace.StateChanged -= Changed;
        bool isOver = IsOver(runspace.RunspaceStateInfo.State);
        if (isOver)
        {
            runspace.Dispose();
        }

        return isOver;
    }

    /// <summary>
    /// Waits for a pipeline. PowerShell does not always tell one that its runspace is gone: it tells nothing where it fails at closing an input that is still open, for example.
    /// </summary>
    /// <param name="pipeline">What ends when PowerShell says that the pipeline has.</param>
    /// <param name="runspace">Where it runs.</param>
    /// <exception cref="PSRemotingTransportException">The runspace is gone, and nothing was said of the pipeline.</exception>
    internal static async Task<T> EndAsync<T>(Task<T> pipeline, Runspace runspace)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Changed(object? sender, RunspaceStateEventArgs e)
        {
            if (IsGone(e.RunspaceStateInfo.State))
            {
                gone.TrySetResult();
            }
        }

        runspace.StateChanged += Changed;
        try
        {
            if (!IsGone(runspace.RunspaceStateInfo.State))
            {
                await Task.WhenAny(pipeline, gone.Task).ConfigureAwait(false);
            }

            if (!pipeline.IsCompleted)
            {
                await ((Task)pipeline).WaitAsync(Moment, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return pipeline.IsCompleted
                ? await pipeline.ConfigureAwait(false)
                : throw new PSRemotingTransportException("The session ended while something ran in it.", runspace.RunspaceStateInfo.Reason);
        }
        finally
        {
            runspace.StateChanged -= Changed;
        }
    }

    private static bool IsGone(RunspaceState state) => state is RunspaceState.Broken or RunspaceState.Closed;

    private static bool IsOver(RunspaceState state) => IsGone(state) || state == RunspaceState.BeforeOpen;
}
