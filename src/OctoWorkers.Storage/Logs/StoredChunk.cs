namespace OctoWorkers.Storage.Logs;

/// <summary>A piece of a log on its way into the store.</summary>
/// <param name="Chunk">The piece.</param>
/// <param name="Packed">Its text, packed; null: it is stored as it is.</param>
internal readonly record struct StoredChunk(LogChunk Chunk, byte[]? Packed)
{
    /// <summary>Packs what is worth it. Done before a transaction, which others wait for.</summary>
    internal static StoredChunk[] Of(IReadOnlyList<LogChunk> chunks)
    {
        StoredChunk[] stored = chunks.Count == 0 ? [] : new StoredChunk[chunks.Count];
        for (int i = 0; i < stored.Length; i++)
        {
            stored[i] = new(chunks[i], PackedText.Pack(chunks[i].Text.Span));
        }

        return stored;
    }
}
