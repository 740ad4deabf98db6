using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using OctoWorkers.Engine.Compilation;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>Starts the process of a channel and brings the channel up to its greeting.</summary>
internal sealed class ChannelOpener(TimeProvider clock)
{
    private const int NotReached = 255;

    // Sooner than whoever waits for the channel gives up: he could not say more than that nothing came.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Does what the first channel of a process would wait for, and every one needs.</summary>
    internal static void Prepare()
    {
        DetachedSession.Prepare();
        RunnerProgram.Prepare();
    }

    /// <summary>Opens a channel; when it cannot, or is given up, nothing is left running.</summary>
    /// <param name="address">The worker.</param>
    /// <param name="command">The process.</param>
    /// <param name="choice">Which runner.</param>
    /// <param name="connected">Called when the login is over; null: nobody wants to know.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="OctoWorkersException">As <see cref="IWorkerTransport.OpenAsync"/> says.</exception>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    internal async Task<IWorkerChannel> OpenAsync(
        WorkerAddress address, ClientCommand command, RunnerChoice choice, Action? connected, CancellationToken cancellationToken)
    {
        string boundary = RandomNumberGenerator.GetHexString(32, lowercase: true);
        ReadOnlyMemory<byte> bootstrap = RunnerProgram.Bootstrap(address, boundary, choice);
        ClientProcess process = ClientProcess.Start(command, address.Machine, clock);
        RunnerConnection connection = new(process, boundary, address.Machine, clock);
        try
        {
            using CancellationTokenSource limit = new(Patience, clock);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                connection.Send(bootstrap);
                string runner = await connection.Handshake.Runner.WaitAsync(either.Token).ConfigureAwait(false);
                connected?.Invoke();
                connection.Send(RunnerProgram.Of(runner));
                WorkerGreeting greeting = await connection.Handshake.Greeting.WaitAsync(either.Token).ConfigureAwait(false);
                return new RunnerChannel(connection, greeting, address.Machine, clock);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new OctoWorkersException(EngineError.WorkerUnavailable, Silence(address, command, process, connection), address.Name);
            }
            catch (Exception failure) when (failure is IOException or OctoWorkersException)
            {
                throw await ExplainAsync(address, command, process, connection, failure).ConfigureAwait(false);
            }
        }
        catch
        {
            process.Kill();
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<OctoWorkersException> ExplainAsync(
        WorkerAddress address, ClientCommand command, ClientProcess process, RunnerConnection connection, Exception failure)
    {
        string name = address.Name;
        if (failure is OctoWorkersException known)
        {
            return new(known.Error, $"{address.Machine}: {command.Subject} cannot be used: {known.Message.TrimEnd('.')}.", name, failure);
        }

        int? code = await process.ExitCodeAsync().ConfigureAwait(false);
        string said = Said(process, connection);
        if (command.IsRemote && code == NotReached && !connection.Handshake.Runner.IsCompletedSuccessfully)
        {
            string message = $"{address.Machine}: {command.Subject} cannot be reached.{said}";
            return WasDropped(process.Errors.ToString())
                ? new ConnectionDroppedException(message, name)
                : new OctoWorkersException(EngineError.WorkerUnavailable, message, name, failure);
        }

        return connection.Handshake.Runner.IsCompletedSuccessfully && code is null or NotReached
            ? new(EngineError.WorkerUnavailable, $"{address.Machine}: the connection to {command.Subject} broke while it was opened.{said}", name, failure)
            : new(
                EngineError.WorkerUnusable,
                $"{address.Machine}: {command.Subject} ended with exit code {code} instead of running the channel; it needs a POSIX shell.{said}",
                name,
                failure);
    }

    private static string Silence(WorkerAddress address, ClientCommand command, ClientProcess process, RunnerConnection connection)
    {
        string said = Said(process, connection);
        string found = connection.Handshake.Runner.IsCompletedSuccessfully ? " Its shell answered, and did not begin to run the channel." : said.Length == 0 ? " Nothing came from it." : "";
        string remedy = "Check that a login there does not wait for input, and how busy it is."
            + (command.IsRemote ? " For ssh's own words on a machine that does not answer at all, set 'ConnectTimeout' in the ssh configuration." : "");
        return $"{address.Machine}: {command.Subject} did not answer in {Patience.TotalSeconds:0} s.{found}{said} {remedy}";
    }

    private static string Said(ClientProcess process, RunnerConnection connection)
    {
        string errors = process.Errors.ToString();
        string noise = connection.Handshake.Noise.ToString();
        return (errors.Length > 0 ? $" It said: {errors}" : "") + (noise.Length > 0 ? $" It wrote: {noise}" : "");
    }

    private static bool WasDropped(string errors)
        => errors.Contains("kex_exchange_identification", StringComparison.Ordinal)
        || errors.Contains("Connection reset by", StringComparison.Ordinal)
        || errors.Contains("Connection closed by", StringComparison.Ordinal)
        || errors.Contains("closed by remote host", StringComparison.Ordinal);
}
