using Microsoft.Win32.SafeHandles;

namespace OctoWorkers.Cli;

/// <summary>
/// Standard output that is no terminal. The console's own stream says nothing when the reader of a pipe has gone, and a command that follows
/// something would then go on for nobody.
/// </summary>
internal sealed class RedirectedOutput : Stream
{
    // A pipe takes so much whole or not at all, so that it is known what a pipe that does not wait has taken.
    private const int Piece = 4096;
    private const int BrokenPipe = 32;
    private const int FullOnLinux = 11;
    private const int FullOnMac = 35;
    private readonly Stream console = Console.OpenStandardOutput();
    private readonly FileStream file = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="OutputClosedException">Nobody reads it any more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // A file's position is shared with others, as in "> file 2>&1", which the console's stream knows and the other does not.
        if (file.CanSeek || OperatingSystem.IsWindows())
        {
            console.Write(buffer);
            return;
        }

        for (; !buffer.IsEmpty; buffer = buffer[Math.Min(Piece, buffer.Length)..])
        {
            WritePiece(buffer[..Math.Min(Piece, buffer.Length)]);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => console.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            console.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WritePiece(ReadOnlySpan<byte> piece)
    {
        try
        {
            file.Write(piece);
        }
        catch (IOException failure) when (failure.HResult == BrokenPipe)
        {
            throw new OutputClosedException(failure);
        }
        catch (IOException failure) when (failure.HResult is FullOnLinux or FullOnMac)
        {
            // Somebody made the pipe one that does not wait; the console's stream waits until there is room.
            console.Write(piece);
        }
    }
}
