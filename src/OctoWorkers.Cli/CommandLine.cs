using System.CommandLine;
using System.Runtime.InteropServices;
using OctoWorkers.Cli.Commands;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Signals;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli;

/// <summary>From arguments to an exit code: the one place where failures become messages.</summary>
internal static class CommandLine
{
    /// <summary>Does what the arguments ask.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandContext context)
    {
        if (arguments is ["--version"])
        {
            return ShowVersion(context.Console);
        }

        CommandInvocation invocation = new(context);
        ParseResult result = CommandTable.Build(arguments, invocation).Parse(arguments, new ParserConfiguration
        {
            EnablePosixBundling = false,
            ResponseFileTokenReplacer = null,
        });
        if (result.Errors.Count > 0)
        {
            return new ErrorReport(context.Console, GlobalOptions.FormatOf(arguments)).Usage(UsageProblem.Describe(result));
        }

        ErrorReport report = new(context.Console, invocation.Options.FormatOf(result));
        try
        {
            int exitCode = await result.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Console.Out,
                Error = context.Console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }).ConfigureAwait(false);
            await context.Console.Out.FlushAsync().ConfigureAwait(false);
            return exitCode;
        }
        catch (InterruptedException interrupted)
        {
            return ExitCodes.Signal + Number(interrupted.Signal);
        }
        catch (MissingValueException missing)
        {
            return report.Expected(missing, GivenOptions.Remedy(missing));
        }
        catch (OctoWorkersException failure) when (failure.Error != EngineError.UnexpectedFailure)
        {
            return report.Expected(failure);
        }
        catch (HintedException hinted)
        {
            return report.Expected(hinted.Failure, hinted.Hint);
        }
        catch (UnwritableOutputException failure)
        {
            return report.Unwritable(failure);
        }
        catch (Exception failure)
        {
            return report.Unexpected(failure, result.GetValue(invocation.Options.Debug));
        }
    }

    // Without a table of commands, which takes its time.
    private static int ShowVersion(CommandConsole console)
    {
        try
        {
            console.Out.WriteLine(ProductVersion.Text);
            console.Out.Flush();
            return ExitCodes.Success;
        }
        catch (UnwritableOutputException failure)
        {
            return new ErrorReport(console, OutputFormat.Table).Unwritable(failure);
        }
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        _ => 15,
    };
}
