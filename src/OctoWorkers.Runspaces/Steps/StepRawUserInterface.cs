using System.Management.Automation.Host;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>A log has a width and nothing else of a screen.</summary>
internal sealed class StepRawUserInterface : PSHostRawUserInterface
{
    private static readonly Size Screen = new(160, 50);

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => Screen;
        set => _ = value;
    }

    /// <inheritdoc/>
    public override Coordinates CursorPosition { get; set; }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 1;

    /// <inheritdoc/>
    public override bool KeyAvailable => false;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => Screen;

    /// <inheritdoc/>
    public override Size MaxWindowSize => Screen;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => Screen;
        set => _ = value;
    }

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "";

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw StepUserInterface.NobodyThere();

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
    }

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }
}
