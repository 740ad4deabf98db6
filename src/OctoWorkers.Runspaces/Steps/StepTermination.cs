using System.Globalization;
using System.Management.Automation;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>Ends an attempt: its pipeline first, then its process and everything below.</summary>
internal static class StepTermination
{
    /// <summary>Ends it.</summary>
    internal static async Task<TerminationReceipt> EndAsync(SessionWorker worker, SessionAttempt attempt, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (attempt.Receipt is { } known)
        {
            return known;
        }

        bool runs = !attempt.Ended.IsCompleted && attempt.TryStop();
        if (!runs)
        {
            // The number of a process that ends by itself may be another's, and a session may be its run's again.
            await attempt.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        int process = runs ? attempt.Session.Greeting.ProcessId : 0;
        TimeSpan left = grace;
        if (runs && grace > TimeSpan.Zero)
        {
            long began = TimeProvider.System.GetTimestamp();
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(grace);
            await attempt.StopAsync(limit.Token).ConfigureAwait(false);
            left = grace - TimeProvider.System.GetElapsedTime(began);
        }

        try
        {
            int tenths = (int)Math.Ceiling(Math.Max(0, left.TotalSeconds) * 10);
            Task<IReadOnlyList<PSObject>> ending = worker.House.InvokeAsync(RemoteScript.Terminate, [process, attempt.Mark, tenths, RemoteScript.End], cancellationToken);
            if (runs)
            {
                attempt.Output.LetGo();
            }

            TerminationReceipt receipt = Read(await ending.ConfigureAwait(false));
            attempt.Receipt = receipt.Ended.Count + receipt.Remaining.Count > 0 ? receipt : null;
            return receipt;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.WorkerUnavailable)
        {
            return TerminationReceipt.Unverified;
        }
        finally
        {
            if (runs)
            {
                await attempt.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static TerminationReceipt Read(IReadOnlyList<PSObject> lines)
    {
        List<EndedProcess> ended = [];
        List<EndedProcess> left = [];
        foreach (string line in lines.Select(line => line.ToString()))
        {
            int first = line.IndexOf(':', StringComparison.Ordinal);
            int last = line.LastIndexOf(':');
            if (last > first && int.TryParse(line[..first], NumberStyles.None, CultureInfo.InvariantCulture, out int process))
            {
                string signal = line[(last + 1)..];
                string name = last == first + 1 ? "?" : line[(first + 1)..last];
                (signal == "left" ? left : ended).Add(new(process, name, signal == "left" ? "KILL" : signal));
            }
        }

        return new(left.Count > 0 ? TerminationVerdict.Left : TerminationVerdict.NoneFound, TerminationMeans.Search, [.. ended.Take(100)], [.. left.Take(100)]);
    }
}
