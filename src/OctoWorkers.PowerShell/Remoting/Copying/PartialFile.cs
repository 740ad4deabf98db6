using System.Security.Cryptography;

namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>A file that is not whole yet: beside where it goes, named by what it will be, so that only the same file is gone on with.</summary>
internal static class PartialFile
{
    /// <summary>How many bytes go at once.</summary>
    internal const int PartLength = 512 * 1024;

    /// <summary>How many parts are under way.</summary>
    internal const int Window = 4;

    /// <summary>The name of the part of a file.</summary>
    internal static string NameOf(string name, string hash) => $".{name}.{hash[..16]}.part";

    /// <summary>The hash of a file here.</summary>
    internal static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        }
    }
}
