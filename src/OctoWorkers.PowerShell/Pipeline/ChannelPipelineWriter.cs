using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Threading.Channels;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>Hands effects to the pipeline's thread through a bounded channel.</summary>
/// <param name="effects">The channel.</param>
/// <param name="cancelled">The pipeline has gone away.</param>
internal sealed class ChannelPipelineWriter(ChannelWriter<Action<PSCmdlet>> effects, CancellationToken cancelled) : IPipelineWriter
{
    public ValueTask WriteObjectAsync(object? value) => PostAsync(cmdlet => cmdlet.WriteObject(value));

    public ValueTask WriteObjectsAsync(IEnumerable<object?> values, Action? written) => PostAsync(cmdlet =>
    {
        foreach (object? value in values)
        {
            cmdlet.WriteObject(value);
        }

        written?.Invoke();
    });

    public ValueTask WriteErrorAsync(ErrorRecord error) => PostAsync(cmdlet => cmdlet.WriteError(error));

    public ValueTask WriteWarningAsync(string message) => PostAsync(cmdlet => cmdlet.WriteWarning(message));

    public ValueTask WriteVerboseAsync(string message) => PostAsync(cmdlet => cmdlet.WriteVerbose(message));

    public ValueTask WriteDebugAsync(string message) => PostAsync(cmdlet => cmdlet.WriteDebug(message));

    public ValueTask WriteVerboseAsync(VerboseRecord record) => PostAsync(cmdlet => WantedMessages.WriteVerbose(cmdlet, record.Message));

    public ValueTask WriteDebugAsync(DebugRecord record) => PostAsync(cmdlet => WantedMessages.WriteDebug(cmdlet, record.Message));

    public ValueTask WriteInformationAsync(InformationRecord record) => PostAsync(cmdlet => cmdlet.WriteInformation(record));

    public ValueTask WriteInformationAsync(object data, string[] tags) => PostAsync(cmdlet => cmdlet.WriteInformation(data, tags));

    public ValueTask WriteProgressAsync(ProgressRecord progress) => PostAsync(cmdlet => cmdlet.WriteProgress(progress));

    public Task<bool> ShouldProcessAsync(string target, string action) => AskAsync(cmdlet => cmdlet.ShouldProcess(target, action));

    public ValueTask AddJobAsync(Job added) => PostAsync(cmdlet =>
    {
        cmdlet.JobRepository.Add(added);
        cmdlet.WriteObject(added);
    });

    public Task<IHostSupportsInteractiveSession> EnterAsync(Runspace runspace) => AskAsync(cmdlet =>
    {
        IHostSupportsInteractiveSession host = (IHostSupportsInteractiveSession)cmdlet.Host;
        host.PushRunspace(runspace);
        return host;
    });

    // An engine that outruns a slow downstream command waits here.
    private ValueTask PostAsync(Action<PSCmdlet> effect)
    {
        cancelled.ThrowIfCancellationRequested();
        return effects.TryWrite(effect) ? ValueTask.CompletedTask : WaitAsync(effect);
    }

    private async ValueTask WaitAsync(Action<PSCmdlet> effect)
    {
        do
        {
            if (!await effects.WaitToWriteAsync(cancelled).ConfigureAwait(false))
            {
                throw new ChannelClosedException();
            }
        }
        while (!effects.TryWrite(effect));

        // Here it is the pipeline's thread that goes on, which made the room.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private async Task<T> AskAsync<T>(Func<PSCmdlet, T> question)
    {
        // Without the flag the awaiting code would go on on the pipeline's thread.
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(cmdlet => Answer(cmdlet, question, answer)).ConfigureAwait(false);
        return await answer.Task.WaitAsync(cancelled).ConfigureAwait(false);
    }

    private static void Answer<T>(PSCmdlet cmdlet, Func<PSCmdlet, T> question, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.TrySetResult(question(cmdlet));
        }
        catch (Exception e)
        {
            answer.TrySetException(e);
            throw;
        }
    }
}
