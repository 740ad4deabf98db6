using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Following;

/// <summary>Shows logs, of one run or of several at once. What scripts wrote to standard error goes to standard error.</summary>
/// <param name="session">The open engine.</param>
internal sealed class LogView(EngineSession session)
{
    private readonly Lock printing = new();
    private readonly ProgressLine progress = new(session.Printer.Console);

    /// <summary>Whether several runs are shown, so that lines say of which run they are.</summary>
    internal bool NamesRuns { get; init; }

    /// <summary>Only lines of this level, or of a graver one.</summary>
    internal LogLevel Least { get; init; }

    private ResultPrinter Printer => session.Printer;

    /// <summary>Shows a run's log.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">Only lines with a higher cursor.</param>
    /// <param name="step">Only this step; null: all.</param>
    /// <param name="follow">Whether to go on until the run has ended.</param>
    /// <param name="cancellationToken">Stops showing.</param>
    internal async Task ShowAsync(RunId run, long after, int? step, bool follow, CancellationToken cancellationToken)
    {
        StepPrefix prefix = new(session.Engine, run, NamesRuns);
        HashSet<(int Step, int Attempt, string? Target)> cut = [];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IAsyncEnumerator<LogLine> lines = session.Engine.ReadLogAsync(run, after, step, follow, stop.Token).GetAsyncEnumerator(stop.Token);
        await using (lines.ConfigureAwait(false))
        {
            while (await NextAsync(lines, stop).ConfigureAwait(false))
            {
                LogLine line = lines.Current;
                if (!line.Level.IsAtLeast(Least))
                {
                    continue;
                }

                if (Printer.IsJson)
                {
                    Do(() => EventLine.Logged(Printer, run, line));
                    continue;
                }

                string origin = await prefix.OfAsync(line, cancellationToken).ConfigureAwait(false);
                bool isRest = cut.Remove((line.Step, line.Attempt, line.Target));
                if (line.Continues)
                {
                    cut.Add((line.Step, line.Attempt, line.Target));
                }

                Print($"{origin}{(isRest ? '+' : ' ')}", line);
            }
        }

        Do(Printer.Console.Out.Flush);
    }

    /// <summary>Prints something else between the lines.</summary>
    internal void Do(Action print)
    {
        lock (printing)
        {
            progress.Hide();
            print();
        }
    }

    /// <summary>Draws the progress of what is shown below the lines; null: none from now on.</summary>
    internal void Draw(string? text)
    {
        lock (printing)
        {
            progress.Set(text);
        }
    }

    // What was printed is shown before the wait for more, not line by line: 100 MB would take their time.
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<LogLine> lines, CancellationTokenSource stop)
    {
        ValueTask<bool> ready = lines.MoveNextAsync();
        if (ready.IsCompleted)
        {
            return await ready.ConfigureAwait(false);
        }

        Task<bool> next = ready.AsTask();
        try
        {
            lock (printing)
            {
                progress.Show();
            }
        }
        catch (UnwritableOutputException)
        {
            // Lines that are still being read cannot be let go.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await next.ConfigureAwait(false);
    }

    private void Print(string origin, LogLine line) => Do(() =>
    {
        CommandConsole console = Printer.Console;
        TextWriter writer = console.Out;
        if (line.Level is LogLevel.Error or LogLevel.Fatal)
        {
            console.Out.Flush();
            writer = console.Error;
        }

        writer.Write(origin);
        writer.WriteLine(DisplayText.Line(line.Text));
    });
}
