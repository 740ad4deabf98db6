using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Pools;

/// <summary><c>octoworkers pool show</c></summary>
internal static class PoolShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The pool's name." };
        Command command = new("show", "Shows a worker pool with its workers in the order in which they are drawn.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerPoolRecord> pools = await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
            WorkerPoolRecord pool = Named.Pool(pools, result.GetRequiredValue(name));
            PoolMembers members = await PoolMembers.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            session.Printer.One(pool, members.Write, () => session.Printer.Facts(
            [
                ("Name", pool.Name),
                ("Id", pool.Id.ToString()),
                ("Description", pool.Description),
                ("Default", pool.IsDefault ? "yes" : "no"),
                ("Policy", pool.Policy.ToString()),
                ("Steps at once", StepCap.InWords(pool.MaxSteps)),
                ("Workers", pool.Members.Count == 0 ? Words.None : string.Join('\n', members.Of(pool).Select(DisplayText.Of))),
            ]));
            return ExitCodes.Success;
        }));
        return command;
    }
}
