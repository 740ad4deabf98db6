using System.CommandLine;
using OctoWorkers.Engine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Storage;

namespace OctoWorkers.Cli;

/// <summary>One call of the command: what every verb needs.</summary>
/// <param name="context">What comes from outside.</param>
internal sealed class CommandInvocation(CommandContext context)
{
    /// <summary>What comes from outside.</summary>
    internal CommandContext Context => context;

    /// <summary>The options of every verb.</summary>
    internal GlobalOptions Options { get; } = new();

    /// <summary>Prints as the options ask.</summary>
    internal ResultPrinter Printer(ParseResult result) => new(context.Console, Options.FormatOf(result));

    /// <summary>The store's folder.</summary>
    internal string Home(ParseResult result) => HomeFolder.Find(result.GetValue(Options.Home), context.EnvironmentVariable);

    /// <summary>An action that only reads or changes the store: it sees to runs that nobody drives when it has done its work.</summary>
    internal Func<ParseResult, CancellationToken, Task<int>> WithEngine(Func<EngineSession, ParseResult, CancellationToken, Task<int>> action)
        => async (result, cancellationToken) =>
        {
            EngineSession session = await OpenAsync(result, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                int exitCode = await action(session, result, cancellationToken).ConfigureAwait(false);
                await context.Console.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
                await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
                return exitCode;
            }
        };

    /// <summary>The same where there is a store already; it makes none.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreUnavailable"/>, from the action, when there is none.</exception>
    internal Func<ParseResult, CancellationToken, Task<int>> WithPresentStore(Func<EngineSession, ParseResult, CancellationToken, Task<int>> action)
        => (result, cancellationToken) =>
        {
            SqliteStore.RequireAt(Home(result));
            return WithEngine(action)(result, cancellationToken);
        };

    /// <summary>An action that starts runs or waits for them: somebody drives them for as long as it lasts, whoever dies.</summary>
    internal Func<ParseResult, CancellationToken, Task<int>> WithDrivenEngine(Func<EngineSession, ParseResult, CancellationToken, Task<int>> action)
        => async (result, cancellationToken) =>
        {
            EngineSession session = await OpenAsync(result, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
#if NATIVE
                await Native.ManagedProgram.TakeOverAsync(session, cancellationToken).ConfigureAwait(false);
#endif
                return await DriverWatch.DuringAsync(session, () => action(session, result, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        };

    private Task<EngineSession> OpenAsync(ParseResult result, CancellationToken cancellationToken)
        => EngineSession.OpenAsync(context, Home(result), Printer(result), cancellationToken);
}
