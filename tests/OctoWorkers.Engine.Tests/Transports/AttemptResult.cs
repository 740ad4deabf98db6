using System.Text;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>What following an attempt to its end brought.</summary>
internal sealed record AttemptResult(byte[] OutBytes, byte[] ErrorBytes, int? ExitCode, bool OutputHeldOpen)
{
    internal string Out => Encoding.UTF8.GetString(OutBytes);

    internal string Error => Encoding.UTF8.GetString(ErrorBytes);
}
