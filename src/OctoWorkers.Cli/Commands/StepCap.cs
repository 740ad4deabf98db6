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

    internal static string InWords(int? cap) => cap?.ToString(CultureInfo.InvariantCulture) ?? "as many as come";
}
