using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Signals;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers driver</c>: the background driver itself. Other commands start it when there is something to do.</summary>
internal static class DriverCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("driver", "Drives the runs of the store that no living process drives, until nothing is left to do.") { Hidden = true };
        command.SetAction(async (result, cancellationToken) =>
        {
            using SignalQueue signals = new(invocation.Context.Signals, ignoresHangUp: true);
            EngineSession session = await EngineSession
                .OpenAsync(invocation.Context, invocation.Home(result), invocation.Printer(result), cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                try
                {
                    await session.Engine.DriveUntilIdleAsync(line => Report(invocation.Context, line), signals.First).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
                {
                    // It has handed over what it drove.
                }
            }

            return ExitCodes.Success;
        });
        return command;
    }

    // Standard output of the background driver is its log.
    private static void Report(CommandContext context, string line)
    {
        string at = context.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        context.Console.Out.WriteLine($"{at} {DisplayText.Line(line)}");
        context.Console.TryFlush();
    }
}
