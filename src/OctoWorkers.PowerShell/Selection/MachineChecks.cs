using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Checks machines, several at once, and writes each as soon as it is known how it is. What was found is kept, so that it is asked for each first.</summary>
internal static class MachineChecks
{
    private const int AtOnce = 16;

    /// <summary>Checks those that were asked for.</summary>
    /// <param name="all">All there are.</param>
    /// <param name="asked">Names or patterns; empty: all.</param>
    /// <param name="name">The name of one.</param>
    /// <param name="missing">The error of a name that is not there.</param>
    /// <param name="noun">What one is.</param>
    /// <param name="pipeline">Where they go.</param>
    /// <param name="check">Checks one and returns it as it is then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task RunAsync<T>(
        IReadOnlyList<T> all, string[] asked, Func<T, string> name, EngineError missing, string noun, IPipelineWriter pipeline,
        Func<T, CancellationToken, Task<T>> check, CancellationToken cancellationToken)
        where T : class
    {
        IReadOnlyList<T> chosen = await NameSelection.ChooseAsync(all, name, asked, missing, noun, pipeline).ConfigureAwait(false);
        List<T> approved = [];
        foreach (T one in chosen)
        {
            if (await pipeline.ShouldProcessAsync($"{char.ToUpperInvariant(noun[0])}{noun[1..]} '{name(one)}'", "Check, and keep what is found").ConfigureAwait(false))
            {
                approved.Add(one);
            }
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            approved, options, async (one, token) => await pipeline.WriteObjectAsync(await check(one, token).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
