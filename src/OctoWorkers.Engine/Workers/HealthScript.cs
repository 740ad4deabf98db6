using System.Globalization;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Runs the script of a machine policy on a worker, like a step and without leaving anything there, and judges what it wrote (semantics, section 1).</summary>
internal sealed class HealthScript(IWorkerChannel channel, MachinePolicyDefinition policy, WorkerRecord worker, ISecretProtector secrets, TimeProvider time)
{
    private const string Ticket = "health";

    /// <summary>What it found; null when the policy has no script.</summary>
    /// <exception cref="OctoWorkersException">The worker cannot run scripts, or the connection broke.</exception>
    internal async Task<HealthVerdict?> RunAsync(CancellationToken cancellationToken)
    {
        if (policy.Kind == HealthCheckKind.ConnectivityOnly || policy.Scripts.Count == 0)
        {
            return null;
        }

        ScriptSyntax[] wanted = [.. policy.Scripts.Keys.Order()];
        ScriptSyntax[] possible = [.. wanted.Where(syntax => channel.Greeting.Capabilities.ContainsKey(DemandOf(syntax)))];
        if (possible.Length == 0)
        {
            return new(
                HealthStatus.Unhealthy,
                $"Machine policy '{policy.Name}' could not be checked: its script needs {string.Join(" or ", wanted.Select(DemandOf))}, and the worker has none of that.");
        }

        string run = $"health-{Guid.NewGuid():N}";
        await channel.EnterRunAsync(run, 1, 0, cancellationToken).ConfigureAwait(false);
        try
        {
            ScriptSource source = new(possible[0], policy.Scripts[possible[0]])
            {
                Variables = new Dictionary<string, string>
                {
                    ["Octopus.Machine.Id"] = worker.MachineId,
                    ["Octopus.Machine.Name"] = worker.Name,
                    ["Octopus.Machine.Hostname"] = channel.Greeting.HostName,
                },
            };
            await channel.StartAsync(source.Start(run, 1, Ticket), cancellationToken).ConfigureAwait(false);
            return await JudgeAsync(run, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!channel.Broken.IsCancellationRequested)
            {
                await WorkerAnswer.WithinAsync(worker.Name, WorkerAnswer.Patience, time, token => RemoveAsync(run, token), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static string DemandOf(ScriptSyntax syntax) => ScriptInterpreters.DemandOf(syntax).Name;

    // Also when it took too long, or who asked no longer waits: the script does not go on alone.
    private async Task<bool> RemoveAsync(string run, CancellationToken cancellationToken)
    {
        await channel.TerminateAsync(run, Ticket, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        await channel.RemoveRunAsync(run, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<HealthVerdict> JudgeAsync(string run, CancellationToken cancellationToken)
    {
        HealthOutput output = new(secrets);
        using CancellationTokenSource tooLong = new(policy.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        int? exitCode = null;
        try
        {
            await foreach (AttemptSignal signal in channel.FollowAsync(Ticket, default, either.Token).ConfigureAwait(false))
            {
                if (signal is OutputRead read)
                {
                    output.Take(read.Stream, read.Bytes.Span);
                }
                else if (signal is AttemptExited exited)
                {
                    exitCode = exited.ExitCode;
                }
            }
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            output.End();
            return output.Judge($"The health script did not end within {DurationText.Write(policy.Timeout)}.");
        }

        output.End();
        return output.Judge(exitCode switch
        {
            0 => null,
            { } code => string.Create(CultureInfo.InvariantCulture, $"The health script exited with {code}."),
            null => "The health script was ended from outside.",
        });
    }
}
