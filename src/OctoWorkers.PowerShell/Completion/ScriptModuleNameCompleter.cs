using System.Collections;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of script modules.</summary>
public sealed class ScriptModuleNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        IReadOnlyList<ScriptModule> modules = await session.Store.GetScriptModulesAsync(cancellationToken).ConfigureAwait(false);
        return [.. modules.Select(module => new Candidate(module.Name, module.Description))];
    }
}
