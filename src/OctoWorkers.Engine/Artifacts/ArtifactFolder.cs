using System.Globalization;

namespace OctoWorkers.Engine.Artifacts;

/// <summary>Keeps artifacts as files <c>artifacts/RUN/NUMBER</c> of the home folder, for their owner alone.</summary>
/// <param name="home">The home folder of the store.</param>
public sealed class ArtifactFolder(string home) : IArtifactStore
{
    private readonly string folder = Path.Combine(home, "artifacts");

    /// <inheritdoc/>
    public async Task<long> WriteAsync(RunId run, int number, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        string path = PathOf(run, number);
        string draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            MakeFolder(Path.GetDirectoryName(path)!);
            long length = await WriteDraftAsync(draft, pieces, cancellationToken).ConfigureAwait(false);
            File.Move(draft, path, overwrite: true);
            return length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw Unavailable($"The artifact {number} of {run} cannot be written to '{path}': {e.Message}", path, e);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <inheritdoc/>
    public Stream OpenRead(RunId run, int number)
    {
        string path = PathOf(run, number);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OctoWorkersException(EngineError.ArtifactNotFound, $"{run} has no artifact {number} at '{path}'.", number, e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredArtifactFile> List()
    {
        try
        {
            return
            [
                .. from run in new DirectoryInfo(folder) is { Exists: true } all ? all.EnumerateDirectories() : []
                   let id = RunId.TryParse(run.Name, out RunId known) ? known : default
                   where id != default
                   from file in run.EnumerateFiles()
                   select new StoredArtifactFile(id, NumberOf(file.Name), file.FullName, file.Length),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable($"The artifacts in '{folder}' cannot be listed: {e.Message}", folder, e);
        }
    }

    /// <inheritdoc/>
    public void RemoveRun(RunId run)
    {
        string path = Path.Combine(folder, run.ToString());
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable($"The artifacts of {run} cannot be removed from '{path}': {e.Message}", path, e);
        }
    }

    private static int? NumberOf(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static async Task<long> WriteDraftAsync(string path, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream file = new(path, options);
        await using (file.ConfigureAwait(false))
        {
            await foreach (ReadOnlyMemory<byte> piece in pieces.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await file.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            }

            // On the disk before the journal says that it was collected.
            file.Flush(flushToDisk: true);
            return file.Length;
        }
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static OctoWorkersException Unavailable(string message, string path, Exception cause) => new(EngineError.StoreUnavailable, message, path, cause);

    private string PathOf(RunId run, int number) => Path.Combine(folder, run.ToString(), number.ToString(CultureInfo.InvariantCulture));
}
