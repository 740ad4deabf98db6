using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Packages;

/// <summary>Puts the packages of an attempt into its working directory, right before it starts.</summary>
internal static class PackageUnpacking
{
    private const long SlowestExtraction = 1024 * 1024;

    /// <summary>Unpacks.</summary>
    /// <param name="channel">The attempt's worker, on which the run was entered.</param>
    /// <param name="order">The attempt.</param>
    /// <param name="worker">The worker's name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The folder that each package is in, by the name of its reference.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> UnpackAsync(
        IWorkerChannel channel, AttemptOrder order, string worker, TimeProvider time, CancellationToken cancellationToken)
    {
        Dictionary<string, string> folders = new(EntityName.Comparer);
        foreach (PlannedPackage package in order.Packages.Where(package => package.IsMoved).OrderBy(package => package.Name.Length > 0))
        {
            // A file lies in the working directory itself, as it does in Octopus.
            PackageToUnpack what = new(
                order.Run.ToString(), order.FencingToken, order.Ticket, package.Hash!, package.Extract ? package.Name : "",
                !package.Extract ? $"file:{package.FileName}" : PackageFileName.IsTar(package.FileName!) ? "tar" : "zip");
            TimeSpan patience = WorkerAnswer.Patience + TimeSpan.FromSeconds(package.Size / SlowestExtraction);
            if (await WorkerAnswer.WithinAsync(worker, patience, time, token => channel.Packages.UnpackAsync(what, token), cancellationToken).ConfigureAwait(false) is { } folder)
            {
                folders[package.Name] = folder;
            }
        }

        return folders;
    }
}
