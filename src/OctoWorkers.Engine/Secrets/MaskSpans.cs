namespace OctoWorkers.Engine.Secrets;

/// <summary>Where a text has secrets: spans that neither overlap nor touch, in order. Used again and again by one thread.</summary>
internal sealed class MaskSpans
{
    private readonly List<(int Start, int End)> spans = [];
    private bool isOrdered = true;

    public int Count => spans.Count;

    /// <summary>The first place from which on a secret may stand that the text does not hold to its end; the text's length when there is none.</summary>
    public int Pending { get; private set; }

    public (int Start, int End) this[int index] => spans[index];

    public void Clear(int length)
    {
        spans.Clear();
        isOrdered = true;
        Pending = length;
    }

    public void AddPending(int start) => Pending = Math.Min(Pending, Math.Max(0, start));

    public bool Covers(int start, int end) => spans.Count > 0 && spans[^1].Start <= start && end <= spans[^1].End;

    public void Add(int start, int end)
    {
        if (spans.Count > 0 && start >= spans[^1].Start && start <= spans[^1].End)
        {
            spans[^1] = (spans[^1].Start, Math.Max(end, spans[^1].End));
            return;
        }

        isOrdered &= spans.Count == 0 || start > spans[^1].End;
        spans.Add((start, end));
    }

    /// <summary>Puts the spans in order and joins those that overlap or touch.</summary>
    public void Join()
    {
        if (isOrdered)
        {
            return;
        }

        spans.Sort();
        int last = 0;
        for (int index = 1; index < spans.Count; index++)
        {
            if (spans[index].Start <= spans[last].End)
            {
                spans[last] = (spans[last].Start, Math.Max(spans[last].End, spans[index].End));
            }
            else
            {
                spans[++last] = spans[index];
            }
        }

        spans.RemoveRange(last + 1, spans.Count - last - 1);
        isOrdered = true;
    }
}
