using System.CommandLine;
using OctoWorkers.Cli.Following;

namespace OctoWorkers.Cli.Commands;

/// <summary>The options of commands that start a run.</summary>
internal sealed class FollowFlags
{
    private readonly Option<bool> detach = new("--detach") { Description = "Leave the run to the background driver and return at once." };

    private readonly Option<bool> recurse = new("--recurse")
    {
        Description = "Follow the runs that its steps start as well, and wait for those too that the steps do not wait for.",
    };

    private readonly Option<bool> quiet = new("--quiet") { Description = "Leave out the plan and the log." };

    private readonly Option<string?> onInterrupt = new Option<string?>("--on-interrupt")
    {
        Description = "What Ctrl+C does at first: 'cancel' the run (the default), or 'detach' from it.",
        HelpName = "cancel|detach",
    }.AcceptOnlyFromAmong("cancel", "detach");

    internal void AddTo(Command command, bool withRecurse)
    {
        command.Add(detach);
        if (withRecurse)
        {
            command.Add(recurse);
        }

        command.Add(quiet);
        command.Add(onInterrupt);
    }

    internal bool IsDetached(ParseResult result) => result.GetValue(detach);

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> for options that do not go together.</exception>
    internal FollowOptions Read(ParseResult result)
    {
        FollowOptions options = new()
        {
            Recurses = result.GetResult(recurse) is not null && result.GetValue(recurse),
            IsQuiet = result.GetValue(quiet),
            DetachesOnInterrupt = result.GetValue(onInterrupt) == "detach",
        };
        return IsDetached(result) && (options.Recurses || options.IsQuiet || result.GetResult(onInterrupt) is not null)
            ? throw new OctoWorkersException(
                EngineError.InvalidArgument, "--detach follows nothing: leave out --recurse, --quiet and --on-interrupt with it.")
            : options;
    }
}
