using System.Diagnostics;
using OctoWorkers.Engine.Transports.Runner;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// Asks <c>ssh</c> itself why a session could not be opened: PowerShell often hears that its client has ended before it has read what the client said.
/// </summary>
internal static class SshDiagnosis
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What <c>ssh</c> says when it is to reach the subsystem, with nothing to read; empty when it says nothing, or not in time.</summary>
    internal static async Task<string> AskAsync(SshConnection connection, string subsystem, TimeProvider clock, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> words = SshArguments.For(connection, subsystem);
        using CancellationTokenSource tooLong = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        using Process ssh = Process.Start(new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            ssh.StandardInput.Close();
            Task output = ssh.StandardOutput.BaseStream.CopyToAsync(Stream.Null, either.Token);
            string said = await ssh.StandardError.ReadToEndAsync(either.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await ssh.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return said.Trim();
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            return "";
        }
        finally
        {
            if (!ssh.HasExited)
            {
                ssh.Kill(entireProcessTree: true);
            }
        }
    }
}
