using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker show</c></summary>
internal static class WorkerShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The worker's name." };
        Command command = new("show", "Shows all that is known of a worker.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerRecord> workers = await session.Engine.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            WorkerRecord worker = Named.Worker(workers, result.GetRequiredValue(name));
            session.Printer.One(worker, WorkerJson.Write, () => session.Printer.Facts(Facts(worker, session.Time)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static IEnumerable<(string, Cell)> Facts(WorkerRecord worker, TimeProvider time)
    {
        yield return ("Name", worker.Name);
        yield return ("Id", worker.Id.ToString());
        foreach ((string, Cell) fact in ConnectionFacts.Of(worker.Connection))
        {
            yield return fact;
        }

        yield return ("Pools", Words.List(worker.Pools));
        yield return ("Tags", Words.List(worker.Tags));
        yield return ("State", worker.State.ToString());
        if (worker.Drain is { } drain)
        {
            yield return ("To be free by", $"{Words.Of(drain.Deadline, time)}{(drain.Cancels ? ", when what still runs there is canceled" : "")}");
        }

        yield return ("Steps at once", StepCap.InWords(worker.MaxSteps));
        yield return ("Machine policy", worker.Policy);
        yield return ("Leases", worker.Leases.ToString(CultureInfo.InvariantCulture));
        foreach ((string, Cell) fact in Health(worker.Health, time))
        {
            yield return fact;
        }
    }

    /// <summary>What the last check of a machine found.</summary>
    internal static IEnumerable<(string, Cell)> Health(WorkerHealth health, TimeProvider time)
    {
        yield return ("Health", Cell.Of(health.Status));
        yield return ("Checked", Words.Of(health.CheckedAt, time));
        if (health.UnavailableSince is { } since)
        {
            yield return ("Unavailable since", Words.Of(since, time));
        }

        yield return ("Message", health.Message);
        foreach ((string capability, string value) in health.Capabilities.OrderBy(found => found.Key, StringComparer.Ordinal))
        {
            yield return ($"  {DisplayText.Of(capability)}", InWords(capability, value));
        }
    }

    private static string InWords(string capability, string value)
        => capability == "termination" && Enum.TryParse(value, out TerminationMeans means) ? RunTables.Means(means) : value;
}
