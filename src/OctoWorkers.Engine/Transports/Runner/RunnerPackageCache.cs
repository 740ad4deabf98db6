using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>The package cache of a worker, through its runner.</summary>
internal sealed class RunnerPackageCache(RunnerConnection connection, MachineName worker) : IPackageCache
{
    private static readonly byte[] ExtractProgram = ReadExtractProgram();

    /// <inheritdoc/>
    public async Task<long?> FindAsync(string? run, string hash, CancellationToken cancellationToken)
    {
        Answer answer = await connection.AskAsync(
            id => new CommandWriter("have").Number(id).Word(run is null ? "-" : WireText.Name(run, "run"), "The run").Word(WireText.Name(hash, "hash"), "The hash").End(),
            null,
            cancellationToken).ConfigureAwait(false);
        return answer.Word switch
        {
            "ok" => null,
            "part" => Number(answer, 0),
            "unknown" => throw NotEntered(run!),
            _ => throw Unexpected("have", answer),
        };
    }

    /// <inheritdoc/>
    public async Task<long> SendAsync(string hash, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Answer answer = await connection.AskAsync(
            id => new CommandWriter("put", bytes.Length + (bytes.Length / 16) + 256).Number(id).Word(WireText.Name(hash, "hash"), "The hash").Number(offset).Bytes(bytes.Span).End(),
            null,
            cancellationToken).ConfigureAwait(false);
        return answer.Word is "ok" or "at" ? Number(answer, 0) : throw Unexpected("put", answer);
    }

    /// <inheritdoc/>
    public async Task<string?> VerifyAsync(string hash, CancellationToken cancellationToken)
    {
        Answer answer = await connection.AskAsync(
            id => new CommandWriter("seal").Number(id).Word(WireText.Name(hash, "hash"), "The hash").End(), null, cancellationToken).ConfigureAwait(false);
        return answer.Word switch
        {
            "ok" => null,
            "differs" when answer.Rest.Count > 0 => answer.Rest[0],
            _ => throw Unexpected("seal", answer),
        };
    }

    /// <inheritdoc/>
    public async Task<string?> UnpackAsync(PackageToUnpack package, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        Answer answer = await connection.AskAsync(
            id => new CommandWriter("unpack", ExtractProgram.Length + 1024)
                .Number(id)
                .Word(WireText.Name(package.Run, "run"), "The run")
                .Number(package.FencingToken)
                .Word(WireText.Name(package.Ticket, "ticket"), "The ticket")
                .Word(WireText.Name(package.Hash, "hash"), "The hash")
                .Word(package.Folder, "The folder")
                .Word(package.Kind, "The kind of package")
                .Word(ExtractProgram, "The program")
                .End(),
            null,
            cancellationToken).ConfigureAwait(false);
        return answer.Word switch
        {
            "ok" when answer.Rest.Count > 0 => WireText.Decode(answer.Rest[0]),
            "used" => null,
            "unknown" => throw NotEntered(package.Run),
            "fenced" => throw new OctoWorkersException(
                EngineError.FencedOut,
                $"Run '{package.Run}' has a newer owner: the worker has seen fencing token {string.Join(' ', answer.Rest)}, above {package.FencingToken}.", package.Run),
            "missing" => throw new OctoWorkersException(
                EngineError.PackageNotFound, $"{worker} no longer has a package that it had for run '{package.Run}'.", package.Hash),
            "failed" => throw new OctoWorkersException(
                EngineError.PackageInvalid,
                $"A package could not be extracted on {worker.Within}: {string.Join(' ', answer.Rest.Select(WireText.Decode)).Trim()}", package.Hash),
            _ => throw Unexpected("unpack", answer),
        };
    }

    /// <inheritdoc/>
    public async Task<(long Removed, long Left)> CleanAsync(long mostBytes, TimeSpan oldest, CancellationToken cancellationToken)
    {
        Answer answer = await connection.AskAsync(
            id => new CommandWriter("clean").Number(id).Number(mostBytes).Number((long)oldest.TotalSeconds).End(), null, cancellationToken).ConfigureAwait(false);
        return answer.Word == "ok" ? (Number(answer, 0), Number(answer, 1)) : throw Unexpected("clean", answer);
    }

    private long Number(Answer answer, int index)
        => answer.Rest.Count > index && long.TryParse(answer.Rest[index], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Unexpected("a number", answer);

    private OctoWorkersException NotEntered(string run)
        => new(EngineError.FencedOut, $"Run '{run}' was not entered on {worker.Within}; enter it first.", run);

    private OctoWorkersException Unexpected(string verb, Answer answer)
        => new(EngineError.ProtocolViolation, $"{worker} answered '{verb}' with '{answer.Word}', which is not the protocol.", worker.Name);

    private static byte[] ReadExtractProgram()
    {
        using StreamReader reader = new(typeof(RunnerPackageCache).Assembly.GetManifestResourceStream("packages/extract.sh")!);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
