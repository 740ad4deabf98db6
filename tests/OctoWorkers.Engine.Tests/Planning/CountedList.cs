using System.Collections;

namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>A list that counts how often somebody looks at one of its items.</summary>
internal sealed class CountedList<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
{
    /// <summary>How many looks there were.</summary>
    public long Looks { get; private set; }

    public int Count => items.Count;

    public T this[int index]
    {
        get
        {
            Looks++;
            return items[index];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        foreach (T item in items)
        {
            Looks++;
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
