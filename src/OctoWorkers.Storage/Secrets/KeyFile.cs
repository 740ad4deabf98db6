using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Registry;

namespace OctoWorkers.Storage.Secrets;

/// <summary>A file of keys, oldest first, that only its owner can read. It is always there as a whole: each version takes the place of the one before.</summary>
/// <param name="path">The file.</param>
internal sealed class KeyFile(string path)
{
    /// <summary>The name of the file in the home folder.</summary>
    internal const string Name = "secret.key";

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>The file.</summary>
    internal string Path => path;

    /// <summary>Another one when the file is another one; null when there is none.</summary>
    internal (DateTime Written, long Length)? Stamp
        => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : null;

    /// <summary>Keeps other processes from changing the file until disposed of.</summary>
    internal IDisposable Lock()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        using ManualResetEventSlim never = new();
        while (true)
        {
            if (LockFile.TryLock(path + ".lock") is { } held)
            {
                return held;
            }

            if (System.Diagnostics.Stopwatch.GetElapsedTime(start) > LockPatience)
            {
                throw new OctoWorkersException(
                    EngineError.SecretUnreadable, $"The key file '{path}' has been locked by another process for {LockPatience.TotalSeconds:0} seconds. Try again.", path);
            }

            never.Wait(TimeSpan.FromMilliseconds(2));
        }
    }

    /// <summary>The keys; none when there is no file.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/> when others can read it too, or it cannot be read.</exception>
    internal IReadOnlyList<SecretKey> Read()
    {
        try
        {
            if (!File.Exists(path))
            {
                return [];
            }

            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~(OnlyOwner | UnixFileMode.UserExecute)) != 0)
            {
                throw new OctoWorkersException(
                    EngineError.SecretUnreadable,
                    $"The key file '{path}' is open to others than its owner (mode {Convert.ToString((int)mode, 8)}). If nobody has read it, run 'chmod 600 {path}'; "
                    + "otherwise do that, then 'octoworkers key rotate', and change the secrets.",
                    path);
            }

            return JsonText.Read(File.ReadAllText(path), "keys", json => json.All("keys", ReadKey));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.SecretUnreadable, $"The key file '{path}' cannot be read: {e.Message}", path, e);
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.StoreCorrupt)
        {
            throw new OctoWorkersException(
                EngineError.SecretUnreadable, $"The key file '{path}' is damaged. Move it away and restore it from its backup: octoworkers key restore FILE.", path, e);
        }
    }

    /// <summary>Puts a new version in the file's place.</summary>
    /// <param name="keys">The keys, oldest first.</param>
    /// <param name="mustBeNew">Whether a file that is there is an error.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.SecretUnreadable"/> when it cannot be written; <see cref="EngineError.AlreadyExists"/>.
    /// </exception>
    internal void Write(IReadOnlyList<SecretKey> keys, bool mustBeNew = false)
    {
        string draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            if (mustBeNew && File.Exists(path))
            {
                throw new OctoWorkersException(EngineError.AlreadyExists, $"'{path}' is there already. Choose another name.", path);
            }

            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OnlyOwner;
            }

            using (FileStream file = new(draft, options))
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(JsonText.Write(keys, WriteKeys)));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: !mustBeNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(
                EngineError.SecretUnreadable, $"The key file '{path}' cannot be written: {e.Message} Without it no secret can be kept.", path, e);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void WriteKeys(JsonTextWriter json, IReadOnlyList<SecretKey> keys)
    {
        json.WriteStartObject();
        json.Put("about", "Keys of an OctoWorkers store. Keep this file secret, and a copy of it elsewhere: without it the store's secrets are lost.");
        json.PutAll("keys", keys, static (writer, key) =>
        {
            writer.WriteStartObject();
            writer.Put("id", key.Id);
            writer.Put("key", Convert.ToBase64String(key.Bytes));
            if (key.Created is { } created)
            {
                writer.Put("created", created);
            }

            writer.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private SecretKey ReadKey(JToken json)
        => SecretKey.Read(json.Text("key"), $"'{path}'", json.OptionalText("created") is null ? null : json.Time("created"));
}
