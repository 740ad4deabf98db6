using System.ComponentModel;
using System.Diagnostics;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>A local shell or an ssh client, with its pipes. Its standard error is read on a thread of its own; the last of it is kept.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private readonly Process _process;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource _errorsRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly string _name;

    private ClientProcess(string name, Process process, TimeProvider clock)
    {
        _name = name;
        _process = process;
        _clock = clock;
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        new Thread(ReadErrors, maxStackSize: 256 * 1024) { IsBackground = true, Name = "channel errors" }.Start();
    }

    /// <summary>Where commands are written to.</summary>
    internal Stream Input { get; }

    /// <summary>What comes back.</summary>
    internal Stream Output { get; }

    /// <summary>The last of what it wrote to standard error.</summary>
    internal TailBuffer Errors { get; } = new();

    /// <summary>Starts it.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnusable"/>: there is no such program here.</exception>
    internal static ClientProcess Start(ClientCommand command, MachineName worker, TimeProvider clock)
    {
        IReadOnlyList<string> words = DetachedSession.Wrap(command.Words);
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach ((string name, string value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new(Path.GetFileName(command.Words[0]), Process.Start(start)!, clock);
        }
        catch (Win32Exception failure)
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable,
                $"{worker}: '{words[0]}' cannot be started here: {failure.Message}. Install it, or name another shell.",
                worker.Name,
                failure);
        }
    }

    /// <summary>Waits for its end and returns its exit code; null when it does not end in a few seconds.</summary>
    internal async Task<int?> ExitCodeAsync()
    {
        using CancellationTokenSource limit = new(Patience, _clock);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            await _errorsRead.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>How it has ended; null when it has not within a second. For a thread that may wait.</summary>
    internal string? WaitForEnd()
        => _process.WaitForExit(Moment) && _errorsRead.Task.Wait(Moment) ? ProcessEnd.Describe(_name, _process.ExitCode, Errors.ToString()) : null;

    /// <summary>Ends it at once.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Closes its input, gives it a moment to clean up and end, and ends it otherwise.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            Input.Close();
        }
        catch (IOException)
        {
            // It has gone before what was still to be written: nothing is lost by that.
        }

        if (await ExitCodeAsync().ConfigureAwait(false) is null)
        {
            // One that not even this ends at once is not waited for without end: nothing reads or writes its pipes any more.
            _process.Kill();
            await ExitCodeAsync().ConfigureAwait(false);
        }

        _process.Dispose();
    }

    private void ReadErrors()
    {
        byte[] buffer = new byte[4096];
        try
        {
            using Stream errors = _process.StandardError.BaseStream;
            for (int read; (read = errors.Read(buffer)) > 0;)
            {
                Errors.Add(buffer.AsSpan(0, read));
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The pipe was closed with the process.
        }

        _errorsRead.SetResult();
    }
}
