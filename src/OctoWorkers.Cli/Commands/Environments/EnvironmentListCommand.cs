using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Environments;

/// <summary><c>octoworkers environment list</c></summary>
internal static class EnvironmentListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("list", "Lists environments.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyList<EnvironmentRecord> environments = await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.List(environments, InfrastructureJson.Write, () => Table(environments));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<EnvironmentRecord> environments)
    {
        TextTable table = new("NAME", "KEPT", "GUIDED FAILURE", "DESCRIPTION") { WhenEmpty = "There are no environments. Add one with 'octoworkers environment add'." };
        foreach (EnvironmentRecord environment in environments)
        {
            table.Add(
                environment.Name, environment.Retention.ToString(), environment.GuidedFailure == GuidedFailureMode.On ? "on" : "off", environment.Description);
        }

        return table;
    }
}
