namespace OctoWorkers.Engine.Files;

/// <summary>
/// A file that is there whole or not at all: it is written beside its place under another name, and put there when it is complete. What was not kept is removed
/// when it is disposed of; a process that is killed leaves a draft, whose name ends in <c>.tmp</c>, and never half a file: the next who writes the same file removes it.
/// </summary>
public sealed class DraftFile : IAsyncDisposable
{
    private const string Ending = ".tmp";

    private readonly string path;
    private readonly string draft;
    private readonly bool overwrites;
    private readonly FileStream stream;
    private bool isKept;

    private DraftFile(string path, string draft, bool overwrites, FileStream stream)
    {
        this.path = path;
        this.draft = draft;
        this.overwrites = overwrites;
        this.stream = stream;
    }

    /// <summary>What is written to.</summary>
    public Stream Stream => stream;

    /// <summary>The path of another file that is needed while this one is written; whoever makes it removes it.</summary>
    /// <param name="purpose">A word for it.</param>
    public string Beside(string purpose) => $"{draft[..^Ending.Length]}.{purpose}{Ending}";

    /// <summary>Begins one.</summary>
    /// <param name="path">Where the file is to be.</param>
    /// <param name="overwrites">Whether a file that is there is replaced; otherwise it is an error.</param>
    /// <param name="isPrivate">Whether only its owner may read it.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>; <see cref="EngineError.InvalidArgument"/> when it cannot be written.</exception>
    public static DraftFile Create(string path, bool overwrites, bool isPrivate)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"'{full}' is a folder. Name a file.", full);
        }

        if (!overwrites && File.Exists(full))
        {
            throw Exists(full, null);
        }

        if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"'{path}' cannot be written: there is no folder '{folder}'. Make it first, or name another.", full);
        }

        RemoveDead(full);
        string draft = $"{full}.{Guid.NewGuid():N}{Ending}";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 64 * 1024, Options = FileOptions.Asynchronous };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new(full, draft, overwrites, new(draft, options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(full, draft, e);
        }
    }

    /// <summary>Does the writing; a disk that is full, or a folder that is gone, is an error that names the file.</summary>
    /// <param name="write">Writes to <see cref="Stream"/>.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    public async Task WriteAsync(Func<Stream, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            await write(stream).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, draft, e);
        }
    }

    /// <summary>Puts the file in its place, on the disk.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>; <see cref="EngineError.InvalidArgument"/> when it cannot be written.</exception>
    public async Task KeepAsync()
    {
        try
        {
            await stream.FlushAsync().ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
            await stream.DisposeAsync().ConfigureAwait(false);
            File.Move(draft, path, overwrites);
            isKept = true;
        }
        catch (IOException e) when (!overwrites && File.Exists(path))
        {
            throw Exists(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, draft, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException) when (!isKept)
        {
            // What could not be written any more is removed now.
        }

        if (!isKept)
        {
            File.Delete(draft);
        }
    }

    private static void RemoveDead(string full)
    {
        string folder = Path.GetDirectoryName(full)!;
        string name = Path.GetFileName(full);
        int length = name.Length + 1 + Guid.Empty.ToString("N").Length + Ending.Length;
        foreach (string file in Found(folder, $"*{Ending}"))
        {
            string found = Path.GetFileName(file);
            if (found.Length == length && found.StartsWith($"{name}.", StringComparison.Ordinal) && Guid.TryParseExact(found[(name.Length + 1)..^Ending.Length], "N", out _))
            {
                RemoveIfDead(folder, file);
            }
        }
    }

    // A draft is locked for as long as its process lives; what cannot be looked at or removed is left alone.
    private static void RemoveIfDead(string folder, string dead)
    {
        try
        {
            using FileStream held = new(dead, FileMode.Open, FileAccess.Write, FileShare.None);
            foreach (string file in Found(folder, $"{Path.GetFileName(dead)[..^Ending.Length]}*{Ending}"))
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string[] Found(string folder, string pattern)
    {
        try
        {
            return Directory.GetFiles(folder, pattern);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder may be written and not be listed.
            return [];
        }
    }

    private static OctoWorkersException Exists(string path, Exception? cause)
        => new(EngineError.AlreadyExists, $"'{path}' is there already. Choose another name, or have it replaced (--force, -Force).", path, cause);

    // Nobody has heard of the draft.
    private static OctoWorkersException Unwritable(string path, string draft, Exception cause)
        => new(EngineError.InvalidArgument, $"'{path}' cannot be written: {cause.Message.Replace(draft, path, StringComparison.Ordinal)}", path, cause);
}
