namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>
/// How much text an evaluation may make. Ten values that hold the next one ten times would make ten thousand million texts.
/// </summary>
internal sealed class TextBudget
{
    /// <summary>In UTF-16 units, all values on the way included.</summary>
    internal const long AtMost = 128 * 1024 * 1024;

    /// <summary>
    /// What one pass of a loop counts for, whatever it writes: some four million passes are the most, so that loops in each other end also where they write nothing.
    /// </summary>
    internal const long OfAPass = 32;

    private long spent;

    /// <summary>Takes some of what is left.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TemplateInvalid"/>: it is used up.</exception>
    internal void Spend(long length)
    {
        spent += length;
        if (spent > AtMost)
        {
            throw new OctoWorkersException(
                EngineError.TemplateInvalid,
                "The template's result grows beyond 128 Mi characters, all values on the way and 32 for each pass of a loop included. Look for values that repeat each other, "
                + "or loops in each other, and make them smaller.");
        }
    }
}
