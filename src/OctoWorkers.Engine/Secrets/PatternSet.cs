namespace OctoWorkers.Engine.Secrets;

/// <summary>Patterns, each once; forms that are too long are cut into parts that cover them.</summary>
internal sealed class PatternSet
{
    private readonly Dictionary<string, SecretPattern> patterns = new(StringComparer.Ordinal);

    public IReadOnlyCollection<SecretPattern> All => patterns.Values;

    public void Add(byte[] form) => Add(new SecretPattern(form));

    public void Add(SecretPattern form)
    {
        byte[] bytes = form.Bytes;
        if (bytes.Length < SecretPattern.MinLength || bytes.AsSpan().Contains((byte)'\n'))
        {
            // Nothing in a line can match what goes over several.
            return;
        }

        for (int start = 0; ; start += SecretPattern.MaxLength)
        {
            if (start + SecretPattern.MaxLength >= bytes.Length)
            {
                start = Math.Max(0, bytes.Length - SecretPattern.MaxLength);
                Put(form with { Bytes = bytes[start..], SharesFirst = form.SharesFirst && start == 0 });
                return;
            }

            Put(new(bytes[start..(start + SecretPattern.MaxLength)], form.SharesFirst && start == 0));
        }
    }

    private void Put(SecretPattern pattern)
    {
        string key = System.Text.Encoding.Latin1.GetString(pattern.Bytes);
        patterns[key] = patterns.TryGetValue(key, out SecretPattern? known)
            ? pattern with { SharesFirst = pattern.SharesFirst || known.SharesFirst, SharesLast = pattern.SharesLast || known.SharesLast }
            : pattern;
    }
}
