namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>Whether the perl runner can be tested here.</summary>
internal static class PerlRunner
{
    internal static string? Missing { get; } = File.Exists("/usr/bin/perl") ? null : "perl is not installed";
}
