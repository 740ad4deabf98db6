namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>A value of a variable that another one won over, or that does not apply.</summary>
/// <param name="Place">Where it comes from, in words.</param>
/// <param name="ScopeText">Where it applies, in words.</param>
/// <param name="Applies">Whether it applies here.</param>
/// <param name="Reason">Why it did not win.</param>
public sealed record OutrankedRunbookValue(string Place, string ScopeText, bool Applies, string Reason)
{
    /// <summary>Where it comes from, and why it did not win.</summary>
    public override string ToString() => $"{Place}: {Reason}";
}
