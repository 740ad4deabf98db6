using System.Text;

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

    /// <summary>Of this process: UTF-8 whatever the locale says, unbuffered errors.</summary>
    internal static CommandConsole OfProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        bool isTerminal = !Console.IsOutputRedirected;
        return new(
            new StreamWriter(isTerminal ? Console.OpenStandardOutput() : new RedirectedOutput(), utf8, 16_384) { NewLine = "\n" },
            new StreamWriter(Console.OpenStandardError(), utf8, 1_024) { NewLine = "\n", AutoFlush = true })
        {
            IsTerminal = isTerminal,
            Width = isTerminal ? Math.Max(40, Console.WindowWidth) : PipeWidth,
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
        catch (OutputClosedException)
        {
            // What is left is for nobody, and the exit code has said so.
        }

        error.Dispose();
    }
}
