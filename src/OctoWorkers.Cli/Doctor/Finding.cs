namespace OctoWorkers.Cli.Doctor;

/// <summary>What doctor found.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Verdict">What to think of it.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(string Subject, Verdict Verdict, string Found, string? Remedy = null);
