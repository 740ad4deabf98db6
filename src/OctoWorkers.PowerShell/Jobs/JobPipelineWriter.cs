using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Remoting;

namespace OctoWorkers.PowerShell.Jobs;

/// <summary>Writes into the streams of a job.</summary>
/// <param name="job">The job.</param>
internal sealed class JobPipelineWriter(Job job) : IPipelineWriter
{
    public ValueTask WriteObjectAsync(object? value) => Add(() => job.Output.Add(value is null ? null : PSObject.AsPSObject(value)));

    public ValueTask WriteObjectsAsync(IEnumerable<object?> values, Action? written) => Add(() =>
    {
        foreach (object? value in values)
        {
            job.Output.Add(value is null ? null : PSObject.AsPSObject(value));
        }

        written?.Invoke();
    });

    public ValueTask WriteErrorAsync(ErrorRecord error) => Add(() => job.Error.Add(WorkerErrors.WithoutOwnPlace(error)));

    public ValueTask WriteWarningAsync(string message) => Add(() => job.Warning.Add(new(message)));

    public ValueTask WriteVerboseAsync(string message) => Add(() => job.Verbose.Add(new(message)));

    public ValueTask WriteDebugAsync(string message) => Add(() => job.Debug.Add(new(message)));

    public ValueTask WriteVerboseAsync(VerboseRecord record) => Add(() => job.Verbose.Add(record));

    public ValueTask WriteDebugAsync(DebugRecord record) => Add(() => job.Debug.Add(record));

    public ValueTask WriteInformationAsync(InformationRecord record) => Add(() => job.Information.Add(record));

    public ValueTask WriteInformationAsync(object data, string[] tags) => Add(() =>
    {
        InformationRecord record = new(data, job.Name);
        record.Tags.AddRange(tags);
        job.Information.Add(record);
    });

    public ValueTask WriteProgressAsync(ProgressRecord progress) => Add(() => job.Progress.Add(progress));

    /// <summary>The question was asked before the job was made.</summary>
    public Task<bool> ShouldProcessAsync(string target, string action) => Task.FromResult(true);

    public ValueTask AddJobAsync(Job added) => throw new NotSupportedException("A job has no job repository.");

    public Task<IHostSupportsInteractiveSession> EnterAsync(Runspace runspace) => throw new NotSupportedException("A job has nobody who types.");

    private static ValueTask Add(Action add)
    {
        add();
        return ValueTask.CompletedTask;
    }
}
