using OctoWorkers.Engine.Logs;

namespace OctoWorkers.Engine;

/// <content>What runs did, and their logs.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>Waits until a run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops waiting; the run goes on.</param>
    public Task<RunRecord> WaitForRunAsync(RunId run, CancellationToken cancellationToken) => dispatcher.WaitForEndAsync(run, cancellationToken);

    /// <summary>A run with its steps and plan.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RunDetails> GetRunDetailsAsync(RunId run, CancellationToken cancellationToken) => reader.GetDetailsAsync(run, cancellationToken);

    /// <summary>Reads a run's log.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">Only lines with a higher cursor; 0: from the beginning.</param>
    /// <param name="step">Only this step; null: all.</param>
    /// <param name="follow">Whether to go on until the run has ended.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<LogLine> ReadLogAsync(RunId run, long after, int? step, bool follow, CancellationToken cancellationToken)
        => reader.ReadLogAsync(run, after, step, follow, dispatcher.LeftHere, cancellationToken);

    /// <summary>Writes a run's log to a file, which is there whole or not at all.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">What of the log, and how.</param>
    /// <param name="cancellationToken">Gives up; no file is left.</param>
    /// <returns>How many lines were written.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.RunNotFound"/>; <see cref="EngineError.AlreadyExists"/>; <see cref="EngineError.InvalidArgument"/> when the file cannot be written, or the
    /// run has no such step.
    /// </exception>
    public async Task<long> ExportLogAsync(RunId run, string path, LogExportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        int steps = (await Store.GetRunAsync(run, cancellationToken).ConfigureAwait(false)).Request.Snapshot.Steps.Count;
        return options.Step is { } step && (step < 0 || step > steps)
            ? throw new OctoWorkersException(
                EngineError.InvalidArgument, $"{run} has no step {step}. Its steps are 1 to {steps}, and 0 is what the engine says.", step)
            : await new LogExport(reader, run, options).WriteAsync(path, cancellationToken).ConfigureAwait(false);
    }
}
