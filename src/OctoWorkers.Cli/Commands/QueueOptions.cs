using System.CommandLine;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Commands;

/// <summary>The options that say where a run stands in the queue, and for how long.</summary>
internal sealed class QueueOptions
{
    private readonly Option<string?> priority = new("--priority")
    {
        Description = "Which of the queued runs go first: high, normal or low. The default is what the runbook says, else normal.", HelpName = "PRIORITY",
    };

    private readonly Option<string?> expiry = new("--queue-expiry")
    {
        Description = "End the run as TimedOut when it has not begun after this time: '30m', '2h'. The default is what the runbook says.", HelpName = "TIME",
    };

    internal void AddTo(Command command)
    {
        command.Add(priority);
        command.Add(expiry);
    }

    /// <summary>The run with what is asked for.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal NewRun Read(ParseResult result, NewRun run)
        => run with
        {
            Priority = result.GetValue(priority) is { } word ? RunPriorityWord.Read(word) : null,
            QueueExpiry = DurationOption.Read(result, expiry),
        };
}
