namespace OctoWorkers.Storage.Registry;

/// <summary>A lock that is held until it is disposed.</summary>
/// <param name="file">The locked file.</param>
/// <param name="path">The file to remove at the end; null: it stays.</param>
internal sealed class HeldLock(FileStream file, string? path) : IDisposable
{
    public void Dispose()
    {
        if (file.SafeFileHandle.IsClosed)
        {
            return;
        }

        // Removed before it is released: nobody finds it unlocked.
        if (path is not null)
        {
            Delete(path);
        }

        file.Dispose();
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody removed the store: there is nothing to declare any more.
        }
    }
}
