using System.Text;

namespace OctoWorkers.TestKit.Transports;

/// <summary>What following an attempt to its end brought.</summary>
/// <param name="OutBytes">Its standard output.</param>
/// <param name="ErrorBytes">Its standard error.</param>
/// <param name="ExitCode">Its exit code; null: none.</param>
/// <param name="OutputHeldOpen">Whether somebody may still write.</param>
public sealed record AttemptResult(byte[] OutBytes, byte[] ErrorBytes, int? ExitCode, bool OutputHeldOpen)
{
    /// <summary>Its standard output, as text.</summary>
    public string Out => Encoding.UTF8.GetString(OutBytes);

    /// <summary>Its standard error, as text.</summary>
    public string Error => Encoding.UTF8.GetString(ErrorBytes);
}
