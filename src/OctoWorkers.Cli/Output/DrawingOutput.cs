using System.Text;
using Spectre.Console;

namespace OctoWorkers.Cli.Output;

/// <summary>What the drawing library draws on: of its own it would ask the runtime for the terminal, which then writes to it.</summary>
/// <param name="writer">Takes the drawing.</param>
/// <param name="width">Its columns.</param>
internal sealed class DrawingOutput(TextWriter writer, int width) : IAnsiConsoleOutput
{
    private const int AnyHeight = 24;

    public TextWriter Writer => writer;

    public bool IsTerminal => false;

    public int Width => width;

    public int Height => AnyHeight;

    public void SetEncoding(Encoding encoding)
    {
        // It stays text here.
    }
}
