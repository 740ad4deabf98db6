namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of modules that this session has loaded.</summary>
public sealed class LoadedModuleNameCompleter : SessionCompleter
{
    /// <inheritdoc/>
    protected override string Script => "(Get-Module).Name";
}
