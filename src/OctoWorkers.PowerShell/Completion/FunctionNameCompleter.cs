namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of functions of this session.</summary>
public sealed class FunctionNameCompleter : SessionCompleter
{
    /// <inheritdoc/>
    protected override string Script => "(Get-ChildItem function:).Name";
}
