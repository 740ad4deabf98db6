using System.Diagnostics;
using OctoWorkers.Engine.Transports.Runner;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>
/// A started <see cref="SessionProgram"/>. What it writes is read on threads of their own, which nothing that goes wrong leaves with an exception; its standard error is kept for
/// messages and shown to nobody.
/// </summary>
internal sealed class SessionProcess
{
    // Output may be held open by what it started; what it wrote itself is there when it has ended.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly string _name;
    private readonly Process _process;
    private readonly TaskCompletionSource _outputRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorsRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SessionProcess(string name, Process process)
    {
        _name = name;
        _process = process;
        Writer = new(process.StandardInput.BaseStream);
    }

    /// <summary>Takes what is to be sent.</summary>
    internal PacketWriter Writer { get; }

    /// <summary>The last that it said and was no message.</summary>
    internal TailBuffer Said { get; } = new();

    /// <summary>Starts it.</summary>
    /// <exception cref="Exception">It cannot be started.</exception>
    internal static SessionProcess Start(SessionProgram program)
    {
        IReadOnlyList<string> words = DetachedSession.Wrap(program.Words);
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach ((string name, string value) in program.Environment)
        {
            start.Environment.TryAdd(name, value);
        }

        return new(program.Name, Process.Start(start)!);
    }

    /// <summary>Begins to read.</summary>
    /// <param name="receive">Takes a line.</param>
    /// <param name="ended">Called once, when it has ended, or nothing comes from it any more: with how.</param>
    internal void Read(Action<string> receive, Action<string> ended)
    {
        new Thread(() => ReadOutput(receive)) { IsBackground = true, Name = "session output" }.Start();
        new Thread(ReadErrors, maxStackSize: 256 * 1024) { IsBackground = true, Name = "session errors" }.Start();
        _ = Task.Run(() => WatchAsync(ended));
    }

    /// <summary>Ends it. One that has ended stays so.</summary>
    /// <param name="withAll">Also all that it has started.</param>
    internal void Kill(bool withAll)
    {
        try
        {
            _process.Kill(withAll);
        }
        catch (Exception)
        {
            // It has ended, or this user may not end it, which the messages of its end would not make better.
        }
    }

    private void ReadOutput(Action<string> receive)
    {
        try
        {
            ReadingPace pace = new(Writer);
            PacketReader reader = new(_process.StandardOutput.BaseStream, pace.Wait);
            while (reader.ReadLine() is { } line)
            {
                pace.Count();
                if (!reader.IsCut)
                {
                    receive(line);
                }
                else if (line[0] != '<')
                {
                    // The rest of a message tells nobody anything; the last words of a login do.
                    Said.Add(System.Text.Encoding.UTF8.GetBytes(line));
                }
            }
        }
        catch (Exception failure)
        {
            // Whatever it is, nothing can be read any more.
            Said.Add(System.Text.Encoding.UTF8.GetBytes(failure.Message));
        }

        _outputRead.TrySetResult();
    }

    private void ReadErrors()
    {
        try
        {
            byte[] buffer = new byte[4096];
            for (int read; (read = _process.StandardError.BaseStream.Read(buffer)) > 0;)
            {
                Said.Add(buffer.AsSpan(0, read));
            }
        }
        catch (Exception)
        {
            // The pipe was closed with the process.
        }

        _errorsRead.TrySetResult();
    }

    private async Task WatchAsync(Action<string> ended)
    {
        string how;
        try
        {
            Task exit = _process.WaitForExitAsync();
            await Task.WhenAny(exit, _outputRead.Task).ConfigureAwait(false);
            await exit.WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!exit.IsCompleted)
            {
                Kill(withAll: true);

                // One that the system does not let end, or that this user may not end, would keep the session looking open.
                await exit.WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await Task.WhenAll(_outputRead.Task, _errorsRead.Task).WaitAsync(Rest, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            how = exit.IsCompleted
                ? ProcessEnd.Describe(_name, _process.ExitCode, Said.ToString())
                : $"{_name} (process {_process.Id}) writes nothing any more, and has not ended though it was killed.";
        }
        catch (Exception failure)
        {
            how = $"{_name} is not there any more: {failure.Message}";
        }

        Writer.Stop();
        ended(how);
        _process.Dispose();
    }
}
