using System.CommandLine;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands;

/// <summary>The option that says what becomes of a run when deployment targets are not healthy.</summary>
internal static class UnavailableTargetsOption
{
    internal static Option<string?> Create() => new("--unavailable-targets")
    {
        Description = "What to do about deployment targets that are not healthy: fail, skip, or as the runbook or the machine policy says (default).", HelpName = "MODE",
    };

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static UnavailableTargets Read(ParseResult result, Option<string?> option) => UnavailableTargetsWords.Read(result.GetValue(option) ?? "default");
}
