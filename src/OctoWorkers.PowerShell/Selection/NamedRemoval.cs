using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Removes things by name. Whether they are there is found out before anybody is asked: <c>-WhatIf</c> promises nothing that would fail for that.</summary>
internal static class NamedRemoval
{
    /// <summary>Removes each; what is not there is an error, and the next one comes.</summary>
    /// <param name="pipeline">Where questions and errors go.</param>
    /// <param name="names">The names.</param>
    /// <param name="kind">What such a thing is called.</param>
    /// <param name="declared">Gives a name as it was declared, and throws when there is none.</param>
    /// <param name="remove">Removes one.</param>
    internal static Task RemoveEachAsync(this IPipelineWriter pipeline, IEnumerable<string> names, string kind, Func<string, string> declared, Func<string, Task> remove)
        => pipeline.ForEachAsync(names, async asked =>
        {
            string name = declared(asked);
            if (await pipeline.ShouldProcessAsync($"{kind} '{name}'", "Remove").ConfigureAwait(false))
            {
                await remove(name).ConfigureAwait(false);
            }
        });
}
