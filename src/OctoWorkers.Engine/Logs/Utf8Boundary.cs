namespace OctoWorkers.Engine.Logs;

/// <summary>Where a text can be cut between two characters.</summary>
internal static class Utf8Boundary
{
    /// <summary>The last boundary at or before a place; the place itself where there is no UTF-8 around it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">At most its length.</param>
    public static int Before(ReadOnlySpan<byte> text, int place)
    {
        // Steps back over an unfinished character, at most three bytes.
        for (int back = 1; back <= 3 && back <= place; back++)
        {
            byte lead = text[place - back];
            if ((lead & 0xC0) != 0x80)
            {
                int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
                return length > back ? place - back : place;
            }
        }

        return place;
    }
}
