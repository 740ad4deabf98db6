using System.Text;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli;

/// <summary>Where a command writes, and what its reader can show. Commands never touch <see cref="Console"/> themselves.</summary>
/// <param name="output">What was asked for.</param>
/// <param name="error">Errors, and what is not part of what was asked for.</param>
internal sealed class CommandConsole(TextWriter output, TextWriter error) : IDisposable
{
    /// <summary>The columns of what is no terminal.</summary>
    internal const int PipeWidth = 80;

    /// <summary>What was asked for.</summary>
    internal TextWriter Out => output;

    /// <summary>Errors, and what is not part of what was asked for.</summary>
    internal TextWriter Error => error;

    /// <summary>How many columns a line may have.</summary>
    internal int Width { get; init; } = PipeWidth;

    /// <summary>Whether a person looks at <see cref="Out"/>.</summary>
    internal bool IsTerminal { get; init; }

    /// <summary>Whether colours are welcome on <see cref="Out"/>.</summary>
    internal bool HasColors { get; init; }

    /// <summary>Whether a line on <see cref="Out"/> can be taken back: a terminal that knows how.</summary>
    internal bool CanRedraw { get; init; }

    /// <summary>Shows what was printed, if that is possible; where it is not, the next who prints is told.</summary>
    internal void TryFlush()
    {
        try
        {
            output.Flush();
        }
        catch (UnwritableOutputException)
        {
            // Errors and notices are shown wherever the output goes.
        }
    }

    /// <summary>Of this process: UTF-8 whatever the locale says, unbuffered errors.</summary>
    internal static CommandConsole OfProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        bool isTerminal = !Console.IsOutputRedirected;
        bool canRedraw = isTerminal && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
        return new(
            new StreamWriter(new StandardOutputStream(1), utf8, 16_384) { NewLine = "\n" },
            new StreamWriter(new StandardErrorStream(), utf8, 1_024) { NewLine = "\n", AutoFlush = true })
        {
            IsTerminal = isTerminal,
            Width = isTerminal ? Math.Max(40, SystemCalls.Columns(1) ?? WidthElsewhere()) : PipeWidth,
            CanRedraw = canRedraw,
            HasColors = isTerminal
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
    }

    public void Dispose()
    {
        try
        {
            output.Dispose();
        }
        catch (UnwritableOutputException)
        {
            // The command has ended with that already.
        }

        error.Dispose();
    }

    // Asking the runtime writes the terminal's start-up sequence to it.
    private static int WidthElsewhere() => OperatingSystem.IsLinux() ? PipeWidth : Console.WindowWidth;
}
