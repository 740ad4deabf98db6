using System.ComponentModel;
using System.Diagnostics;

namespace OctoWorkers.Cli.Doctor;

/// <summary>Looks whether a program of this machine is there and answers.</summary>
internal static class ToolCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Runs a program that says something of itself.</summary>
    /// <param name="subject">What it is called in the findings.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="whenMissing">What its absence means, and its remedy.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<Finding> RunAsync(
        string subject, string program, IReadOnlyList<string> arguments, (Verdict Verdict, string Remedy) whenMissing, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(Longest, time);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            try
            {
                Task<string> output = process.StandardOutput.ReadToEndAsync(stop.Token);
                Task<string> error = process.StandardError.ReadToEndAsync(stop.Token);
                string said = await output.ConfigureAwait(false) + await error.ConfigureAwait(false);
                await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
                string first = said.AsSpan().Trim().ToString().Split('\n')[0].Trim();
                return process.ExitCode == 0
                    ? new(subject, Verdict.Ok, first.Length > 0 ? first : program)
                    : new(subject, whenMissing.Verdict, $"{program} exits with {process.ExitCode}: {first}", whenMissing.Remedy);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception exception)
        {
            return new(subject, whenMissing.Verdict, $"{program}: {exception.Message}", whenMissing.Remedy);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(subject, whenMissing.Verdict, $"{program} does not answer within {Longest.TotalSeconds:0} s", whenMissing.Remedy);
        }
    }
}
