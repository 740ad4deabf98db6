using OctoWorkers.Engine.Transports.Runner;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>Whether the perl runner can be tested here.</summary>
internal static class PerlRunner
{
    internal static string? Missing { get; } =
        !File.Exists("/usr/bin/perl") ? "perl is not installed"
        : !RunnerProgram.HasPerl ? "the perl runner is not part of this build"
        : null;
}
