using System.CommandLine;
using System.Globalization;

namespace OctoWorkers.Cli.Commands;

/// <summary>How many steps run at once on a worker, or of a pool.</summary>
internal static class StepCap
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static int? Read(ParseResult result, Option<int?> option)
        => result.GetValue(option) is not { } number ? null
            : number >= 1 ? number
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"{option.Name} is {number}; it must be at least 1. Leave it out for no cap.", number);

    /// <summary>A cap that is to be changed: 0 takes it away, and what is not given stays.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static int? Change(ParseResult result, Option<int?> option, int? now)
        => result.GetValue(option) is not { } number ? now
            : number >= 0 ? (number == 0 ? null : number)
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"{option.Name} is {number}; it must be at least 1, or 0 for no cap.", number);

    internal static string InWords(int? cap) => cap?.ToString(CultureInfo.InvariantCulture) ?? "as many as come";
}
