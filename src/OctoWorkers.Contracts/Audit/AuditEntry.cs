namespace OctoWorkers;

/// <summary>Who did what to what, and when. Entries are only ever added; values of variables and secrets are never in one.</summary>
/// <param name="Id">Grows with each.</param>
/// <param name="At">When.</param>
/// <param name="Who">The operating system's user.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To what: <c>runbook 'Deploy'</c>, <c>RunbookRuns-7</c>.</param>
/// <param name="Run">The run that it is about; null when it is about none.</param>
/// <param name="Details">More, in words; may be empty.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Who, AuditAction Action, string Subject, RunId? Run, string Details)
{
    /// <summary>In words.</summary>
    public override string ToString() => $"{Who}: {Action} {Subject}";
}
