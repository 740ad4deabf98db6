using System.Runtime.CompilerServices;

namespace OctoWorkers.Engine.Transports.Runner;

internal sealed partial class RunnerChannel
{
    private const int AcknowledgeEvery = 256 * 1024;
    private long _fetches;

    /// <inheritdoc/>
    public async IAsyncEnumerable<AttemptSignal> FollowAsync(
        string ticket, OutputOffsets from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AttemptFollower follower = await AttachAsync(ticket, from, cancellationToken).ConfigureAwait(false);
        await foreach (AttemptSignal signal in ReadAsync(follower, from, cancellationToken).ConfigureAwait(false))
        {
            yield return signal;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(
        string run, string ticket, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        WireText.Name(ticket, "ticket");
        // No ticket can have this name, so the file's frames are no attempt's.
        string name = $"fetch.{Interlocked.Increment(ref _fetches)}";
        AttemptFollower follower = new(name, default);
        Answer answer = await _connection.AskAsync(
            id => new CommandWriter("fetch").Number(id).Word(run, "The run").Word(ticket, "The ticket").Word(path, "The path").Word(name, "The name").End(),
            follower,
            cancellationToken).ConfigureAwait(false);
        if (answer.Word != "ok")
        {
            throw FileProblem(answer, ticket, path);
        }

        await foreach (AttemptSignal signal in ReadAsync(follower, default, cancellationToken).ConfigureAwait(false))
        {
            if (signal is OutputRead read)
            {
                yield return read.Bytes;
            }
        }
    }

    private async Task<AttemptFollower> AttachAsync(string ticket, OutputOffsets from, CancellationToken cancellationToken)
    {
        WireText.Name(ticket, "ticket");
        if (_connection.Claim(ticket, from) is { } started)
        {
            // Whoever started it may have given up before the answer came, and then nobody asks for its output yet.
            _poller?.Follow();
            return started;
        }

        AttemptFollower follower = new(ticket, from);
        Answer answer;
        try
        {
            answer = await _connection.AskAsync(
                id => new CommandWriter("follow").Number(id).Word(ticket, "The ticket").Number(from.Out).Number(from.Error).End(),
                follower,
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // First said, then looked for: whoever comes second, this one or the answer, takes it away.
            follower.GiveUp();
            _connection.Detach(follower);
            throw;
        }

        _poller?.Follow();
        return answer.Word switch
        {
            "ok" => follower,
            "unknown" => throw new OctoWorkersException(
                EngineError.OutcomeUnknown, $"{_worker} knows no attempt '{ticket}': what it knew has been lost.", ticket),
            _ => throw Unexpected("follow", answer),
        };
    }

    private void Acknowledge(string ticket, OutputChunk chunk, long[] acknowledged)
    {
        int stream = chunk.Stream == OutputKind.Out ? 0 : 1;
        if (chunk.End - acknowledged[stream] >= AcknowledgeEvery)
        {
            acknowledged[stream] = chunk.End;
            _connection.Send(new CommandWriter("ack").Word(ticket, "The ticket").Number(stream + 1).Number(chunk.End).End());
        }
    }

    private async IAsyncEnumerable<AttemptSignal> ReadAsync(
        AttemptFollower follower, OutputOffsets from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OutputChunk? chunk = null;
        bool ended = false;
        long[] acknowledged = [from.Out, from.Error];
        try
        {
            while (!ended)
            {
                if (follower.TryTake(out chunk))
                {
                    yield return new OutputRead(chunk.Stream, chunk.Offset, chunk.Buffer.AsMemory(0, chunk.Length));
                    Acknowledge(follower.Ticket, chunk, acknowledged);
                    AttemptFollower.Return(chunk);
                    chunk = null;
                }
                else if (follower.End() is { } exit)
                {
                    ended = true;
                    yield return exit;
                }
                else
                {
                    await follower.ReadyAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (chunk is not null)
            {
                AttemptFollower.Return(chunk);
            }

            if (_connection.Detach(follower))
            {
                _connection.Send(new CommandWriter("unfollow").Word(follower.Ticket, "The ticket").End());
            }
        }
    }

    private OctoWorkersException FileProblem(Answer answer, string ticket, string path) => answer.Word switch
    {
        "unknown" => new(EngineError.OutcomeUnknown, $"{_worker} knows no attempt '{ticket}': what it knew has been lost.", ticket),
        "missing" => new(EngineError.ArtifactNotFound, $"There is no file '{path}' on {_worker.Within}.", path),
        "irregular" => new(EngineError.InvalidArgument, $"'{path}' on {_worker.Within} is not a regular file.", path),
        "unreadable" => new(EngineError.InvalidArgument, $"The file '{path}' on {_worker.Within} cannot be read by its user.", path),
        _ => Unexpected("fetch", answer),
    };
}
