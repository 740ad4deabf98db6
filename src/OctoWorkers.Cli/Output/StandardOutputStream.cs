using System.Runtime.InteropServices;

namespace OctoWorkers.Cli.Output;

/// <summary>Writes to a descriptor that this process was started with, and says so when it takes nothing more.</summary>
internal sealed class StandardOutputStream : Stream
{
    private readonly int descriptor;
    private UnwritableOutputException? failure;

    /// <summary>Looks whether the descriptor is open: later, something else could have got the number of one that is not.</summary>
    /// <param name="descriptor">Its number.</param>
    internal StandardOutputStream(int descriptor)
    {
        this.descriptor = descriptor;
        int answer = SystemCalls.Write(descriptor, []);
        IsClosed = -answer == SystemCalls.BadDescriptor;
        if (IsClosed)
        {
            failure = Failure(-answer);
        }
    }

    /// <summary>Whether it was closed when this process started.</summary>
    internal bool IsClosed { get; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="UnwritableOutputException">It takes nothing more; said again at each call.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            Require();
            int written = SystemCalls.Write(descriptor, buffer);
            if (written >= 0)
            {
                buffer = buffer[written..];
            }
            else if (SystemCalls.IsAgain(-written))
            {
                SystemCalls.WaitUntilWritable(descriptor);
            }
            else if (-written != SystemCalls.Interrupted)
            {
                failure = Failure(-written);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="UnwritableOutputException">Something could not be written before.</exception>
    public override void Flush()
    {
        // What was closed from the start fails only those who have something to say.
        if (!IsClosed)
        {
            Require();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static UnwritableOutputException Failure(int error)
        => new(
            error == SystemCalls.BadDescriptor ? "it is closed" : Marshal.GetPInvokeErrorMessage(error),
            error is SystemCalls.BadDescriptor or SystemCalls.BrokenPipe, error == SystemCalls.BrokenPipe);

    private void Require()
    {
        if (failure is not null)
        {
            throw failure;
        }
    }
}
