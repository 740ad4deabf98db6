using System.Security.Cryptography;

namespace OctoWorkers.Engine.Packages;

/// <summary>The SHA-256 by which packages are told apart.</summary>
internal static class PackageHash
{
    /// <summary>The hash of a file in lower-case hexadecimal digits.</summary>
    internal static async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        }
    }
}
