using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Remoting;
using OctoWorkers.Engine;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli;

/// <summary>The open store and the engine on it, for one command.</summary>
internal sealed class EngineSession : IAsyncDisposable
{
    private readonly SshTransport ssh;
    private readonly PowerShellRemoting remoting;

    private EngineSession(CommandContext context, ResultPrinter printer, IStore store, string home)
    {
        ssh = new(context.Time);
        Context = context;
        Printer = printer;
        Store = store;
        Secrets = new(home, context.EnvironmentVariable(SecretKeyring.Variable), context.Time);
        Artifacts = new ArtifactFolder(home);
        remoting = new(Secrets, context.Time);
        Engine = new(store, [new LocalTransport(context.Time), ssh, remoting.Transport], Secrets, Artifacts, context.DriverOf(home), context.Time);
    }

    /// <summary>What comes from outside.</summary>
    internal CommandContext Context { get; }

    /// <summary>Prints as the options ask.</summary>
    internal ResultPrinter Printer { get; }

    /// <summary>Definitions and queries.</summary>
    internal IStore Store { get; }

    /// <summary>The keys of the store's secrets; read when they are needed.</summary>
    internal SecretKeyring Secrets { get; }

    /// <summary>The bytes of artifacts.</summary>
    internal IArtifactStore Artifacts { get; }

    /// <summary>Plans, runs, checks.</summary>
    internal OctoWorkersEngine Engine { get; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time => Context.Time;

    /// <summary>Opens the store, which is made when there is none.</summary>
    /// <exception cref="OctoWorkersException">An error that begins with <c>Store</c>.</exception>
    internal static async Task<EngineSession> OpenAsync(
        CommandContext context, string home, ResultPrinter printer, CancellationToken cancellationToken)
    {
        SqliteStore store = await SqliteStore.OpenAsync(home, context.Time, cancellationToken).ConfigureAwait(false);
        return new(context, printer, store, home);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().ConfigureAwait(false);
        ssh.Dispose();
        await remoting.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
    }
}
