using System.Threading.Channels;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>Writes commands in their order, so that no caller waits for a pipe that is full.</summary>
internal sealed class CommandQueue
{
    private readonly Channel<ReadOnlyMemory<byte>> _commands = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly Stream _stream;
    private readonly Action<Exception> _onBroken;

    /// <summary>Begins to write what will be added.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="onBroken">Called once when it cannot be written to any more.</param>
    internal CommandQueue(Stream stream, Action<Exception> onBroken)
    {
        _stream = stream;
        _onBroken = onBroken;
        Completion = Task.Run(WriteAsync);
    }

    /// <summary>Ends when the queue was closed, or the pipe broke.</summary>
    internal Task Completion { get; }

    /// <summary>Adds a command; after the end it goes nowhere, and the caller's answer fails with the channel.</summary>
    internal void Add(ReadOnlyMemory<byte> command) => _commands.Writer.TryWrite(command);

    /// <summary>No more commands; what waits is still written.</summary>
    internal void Close() => _commands.Writer.TryComplete();

    private async Task WriteAsync()
    {
        try
        {
            while (await _commands.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_commands.Reader.TryRead(out ReadOnlyMemory<byte> command))
                {
                    _stream.Write(command.Span);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            _commands.Writer.TryComplete();
            _onBroken(failure);
        }
    }
}
