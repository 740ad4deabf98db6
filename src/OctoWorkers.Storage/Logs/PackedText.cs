using System.Buffers;
using System.IO.Compression;

namespace OctoWorkers.Storage.Logs;

/// <summary>
/// Texts of logs as they are stored: long ones are packed where that makes them much shorter, as it does with most output. Packing costs less than writing the
/// rest, which goes to the disk twice.
/// </summary>
internal static class PackedText
{
    private const int Least = 8 * 1024;
    private const int Sample = 32 * 1024;
    private const int Quality = 0;
    private const int Window = 18;

    /// <summary>Packs a text.</summary>
    /// <returns>The packed text; null: it is to be stored as it is.</returns>
    internal static byte[]? Pack(ReadOnlySpan<byte> text)
    {
        if (text.Length < Least)
        {
            return null;
        }

        byte[] room = ArrayPool<byte>.Shared.Rent(text.Length / 2);
        try
        {
            if (text.Length > 2 * Sample && !TryPack(text[..Sample], room, out _))
            {
                return null;
            }

            return TryPack(text, room, out int length) ? room[..length] : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>Unpacks a text.</summary>
    /// <param name="packed">What <see cref="Pack"/> gave.</param>
    /// <param name="length">How long the text is.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreCorrupt"/>.</exception>
    internal static byte[] Unpack(ReadOnlySpan<byte> packed, long length)
    {
        byte[] text = length is > 0 and <= int.MaxValue ? GC.AllocateUninitializedArray<byte>((int)length) : [];
        return BrotliDecoder.TryDecompress(packed, text, out int written) && written == length
            ? text
            : throw new OctoWorkersException(
                EngineError.StoreCorrupt, "A piece of a log in the store is damaged: it cannot be unpacked. Restore the store from a backup, or remove the run.");
    }

    private static bool TryPack(ReadOnlySpan<byte> text, byte[] room, out int length)
        => BrotliEncoder.TryCompress(text, room.AsSpan(0, text.Length / 2), out length, Quality, Window);
}
