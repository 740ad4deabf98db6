using System.CommandLine;

namespace OctoWorkers.Cli.Commands;

/// <summary>Commands that change what exists: without any option they would say that they did, and had done nothing.</summary>
internal static class GivenChange
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when none of the options is given.</exception>
    internal static void Require(ParseResult result, params ReadOnlySpan<Option> options)
    {
        if (!Has(result, options))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"Say what is to be changed: {string.Join(", ", options.ToArray().Select(option => option.Name))}.");
        }
    }

    /// <summary>Whether any of the options is given.</summary>
    internal static bool Has(ParseResult result, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                return true;
            }
        }

        return false;
    }
}
