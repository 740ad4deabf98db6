using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Looks for the capabilities that a machine policy names, side by side, each by its own command.</summary>
internal static class CustomProbe
{
    /// <summary>How long a command may take; one that has not ended by then says that the worker lacks the capability.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>What was found: names and versions, <c>""</c> where a version is not known.</summary>
    /// <exception cref="OctoWorkersException">The worker cannot run scripts, or the connection broke.</exception>
    internal static async Task<IReadOnlyDictionary<string, string>> RunAsync(
        IWorkerChannel channel, IReadOnlyList<CapabilityProbeDefinition> probes, TimeProvider time, CancellationToken cancellationToken)
    {
        Dictionary<string, string> found = new(EntityName.Comparer);
        if (probes.Count == 0)
        {
            return found;
        }

        string run = $"probe-{Guid.NewGuid():N}";
        await channel.EnterRunAsync(run, 1, 0, cancellationToken).ConfigureAwait(false);
        try
        {
            string?[] versions = await Task.WhenAll(probes.Select((probe, index) => RunAsync(channel, run, $"probe-{index + 1}", probe, time, cancellationToken)))
                .ConfigureAwait(false);
            foreach ((int index, CapabilityProbeDefinition probe) in probes.Index())
            {
                if (versions[index] is { } version)
                {
                    found[probe.Name] = version;
                }
            }

            return found;
        }
        finally
        {
            if (!channel.Broken.IsCancellationRequested)
            {
                await channel.RemoveRunAsync(run, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // Null: the worker lacks it.
    private static async Task<string?> RunAsync(
        IWorkerChannel channel, string run, string ticket, CapabilityProbeDefinition probe, TimeProvider time, CancellationToken cancellationToken)
    {
        byte[] script = System.Text.Encoding.UTF8.GetBytes(probe.Command.ReplaceLineEndings("\n"));
        await channel.StartAsync(new(run, 1, ticket, ["sh"], script), cancellationToken).ConfigureAwait(false);
        ProbeOutput output = await ProbeOutput.ReadAsync(channel, run, ticket, Patience, time, cancellationToken).ConfigureAwait(false);
        return output.ExitCode == 0 ? CapabilityProbe.VersionIn(output.Text) : null;
    }
}
