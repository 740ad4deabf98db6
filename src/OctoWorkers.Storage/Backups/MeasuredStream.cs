using System.Security.Cryptography;

namespace OctoWorkers.Storage.Backups;

/// <summary>Reads another stream, once and from where it stands, and knows how long it was and its SHA-256. It does not dispose of the other stream.</summary>
/// <param name="inner">The other stream.</param>
/// <param name="hashes">Whether the hash is wanted.</param>
internal sealed class MeasuredStream(Stream inner, bool hashes) : Stream
{
    private readonly IncrementalHash? hash = hashes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    /// <summary>How many bytes were read.</summary>
    internal long Count { get; private set; }

    public override bool CanRead => true;

    // The length is asked for by what writes an archive, which would keep all of a stream without one in memory.
    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>What was read, as a file of a backup.</summary>
    /// <param name="name">The file's name.</param>
    internal BackupFile Measured(string name) => new(name, Count, Convert.ToHexStringLower(hash!.GetCurrentHash()));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        Note(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Note(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        hash?.AppendData(bytes);
    }
}
