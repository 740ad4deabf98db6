namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>Work that other work waits for. Evaluation is written as iterators that yield these, so that its depth is bounded by memory, not by the stack.</summary>
/// <param name="Work">The work; it yields what it waits for in its turn.</param>
internal readonly record struct Step(IEnumerator<Step> Work)
{
    /// <summary>Does the work, and all that it waits for.</summary>
    internal static void Run(IEnumerator<Step> work)
    {
        Stack<IEnumerator<Step>> waiting = new([work]);
        while (waiting.TryPeek(out IEnumerator<Step>? top))
        {
            if (top.MoveNext())
            {
                waiting.Push(top.Current.Work);
            }
            else
            {
                waiting.Pop().Dispose();
            }
        }
    }
}
