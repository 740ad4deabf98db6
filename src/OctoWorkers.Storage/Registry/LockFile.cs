namespace OctoWorkers.Storage.Registry;

/// <summary>
/// A file that is locked for as long as a process lives (flock): the kernel releases it at death. Those who ask take a shared lock, which others who
/// ask do not notice, and which the holder's exclusive one refuses.
/// </summary>
internal static class LockFile
{
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    /// <summary>Locks a file, making it where it is missing; null when another has it.</summary>
    internal static FileStream? TryLock(string path)
    {
        SpinWait spin = default;
        while (true)
        {
            try
            {
                FileStreamOptions options = new()
                {
                    Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0,
                };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                return new(path, options);
            }
            catch (IOException exception) when (IsLocked(exception))
            {
                if (IsHeld(path))
                {
                    return null;
                }

                // Somebody was only asking.
                spin.SpinOnce();
            }
            catch (UnauthorizedAccessException exception)
            {
                throw NotWritable(path, exception);
            }
            catch (IOException exception)
            {
                throw NotWritable(path, exception);
            }
        }
    }

    /// <summary>Whether a process holds the lock of a file. A file that is not there is held by nobody.</summary>
    /// <param name="path">The file.</param>
    /// <param name="removeDead">Whether to remove a file that is there and that nobody holds; nobody may lock a file of this name again.</param>
    internal static bool IsHeld(string path, bool removeDead = false)
    {
        try
        {
            using FileStream shared = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
            if (removeDead)
            {
                Remove(path);
            }

            return false;
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new OctoWorkersException(
                EngineError.StoreUnavailable, $"The lock file '{path}' cannot be read: {exception.Message} Give this user the right to read it.", path, exception);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // A store that can only be read keeps the files of its dead; the next one who can write removes them.
        }
    }

    private static bool IsLocked(IOException exception) => exception.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows;

    private static OctoWorkersException NotWritable(string path, Exception exception)
        => new(
            EngineError.StoreReadOnly,
            $"The lock file '{path}' cannot be made: {exception.Message} Give this user the right to write the store's folder.",
            path,
            exception);
}
