using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Removes things by name. Whether they are there is found out before anybody is asked: <c>-WhatIf</c> promises nothing that would fail for that.</summary>
internal static class NamedRemoval
{
    /// <summary>Removes each; what is not there is an error, and the next one comes.</summary>
    /// <param name="pipeline">Where questions and errors go.</param>
    /// <param name="names">The names.</param>
    /// <param name="kind">What such a thing is called.</param>
    /// <param name="require">Throws when there is none of a name.</param>
    /// <param name="remove">Removes one.</param>
    internal static Task RemoveEachAsync(this IPipelineWriter pipeline, IEnumerable<string> names, string kind, Action<string> require, Func<string, Task> remove)
        => pipeline.ForEachAsync(names, async name =>
        {
            require(name);
            if (await pipeline.ShouldProcessAsync($"{kind} '{name}'", "Remove").ConfigureAwait(false))
            {
                await remove(name).ConfigureAwait(false);
            }
        });
}
