using System.Globalization;

namespace OctoWorkers.Cli.Tests;

/// <summary>Keeps what is written, and tells of each text.</summary>
/// <param name="written">Is told; null: nobody.</param>
internal sealed class WatchedWriter(Action<string>? written) : StringWriter(CultureInfo.InvariantCulture)
{
    public override string NewLine => "\n";

    public override void Write(string? value)
    {
        base.Write(value);
        written?.Invoke(value ?? "");
    }
}
