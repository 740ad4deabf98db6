using System.Globalization;

namespace OctoWorkers.Engine.Artifacts;

/// <summary>Writes artifacts to files of whoever asks for them.</summary>
public static class ArtifactFile
{
    /// <summary>
    /// Writes a file, whole or not at all: beside the place, under a name of its own, and then into the place. What is under <c>/dev</c> is written to directly.
    /// </summary>
    /// <param name="source">The bytes.</param>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="replaces">Whether a file that is there is replaced; false: that is an error.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <exception cref="IOException">It cannot be written, or is there already; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static async Task WriteAsync(Stream source, string path, bool replaces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(path);
        string target = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal))
        {
            await CopyAsync(source, path, FileMode.Open, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!replaces && File.Exists(target))
        {
            throw new IOException($"The file '{target}' already exists.");
        }

        string beside = Path.Combine(
            Path.GetDirectoryName(target) ?? ".", string.Create(CultureInfo.InvariantCulture, $".{Guid.NewGuid():N}.partial"));
        try
        {
            await CopyAsync(source, beside, FileMode.CreateNew, cancellationToken).ConfigureAwait(false);
            File.Move(beside, target, replaces);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private static async Task CopyAsync(Stream source, string path, FileMode mode, CancellationToken cancellationToken)
    {
        FileStream file = new(path, mode, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            await source.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }
}
