using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Following;

/// <summary>
/// The progress that scripts report, on the last line of a terminal: taken away before anything else is printed, and drawn again after it. Nothing at all where lines
/// cannot be taken back. To be called by one thread at a time.
/// </summary>
/// <param name="console">The terminal.</param>
internal sealed class ProgressLine(CommandConsole console)
{
    private const string Erasure = "\r\u001b[2K";

    private string? text;
    private bool isShown;

    /// <summary>Draws another text; null: none from now on.</summary>
    internal void Set(string? next)
    {
        if (console.CanRedraw && next != text)
        {
            Hide();
            text = next;
            Show();
        }
    }

    /// <summary>Takes the line away until it is shown again.</summary>
    internal void Hide()
    {
        if (isShown)
        {
            isShown = false;
            console.Out.Write(Erasure);
        }
    }

    /// <summary>Draws the line, if there is one, and shows all that was printed.</summary>
    internal void Show()
    {
        if (text is not null && !isShown)
        {
            isShown = true;

            // The last column stays free: a terminal that has filled it may have begun the next line.
            console.Out.Write(PlainTable.Break(DisplayText.Line(text), console.Width - 1)[0]);
        }

        console.Out.Flush();
    }
}
