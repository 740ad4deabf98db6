using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>The programs that are sent to a worker; they are part of this assembly.</summary>
internal static class RunnerProgram
{
    private static readonly string BootstrapText = Encoding.UTF8.GetString(Read("bootstrap.sh"));
    private static readonly byte[] Shell = Read("runner.sh");
    private static readonly byte[] Perl = PerlParts();

    /// <summary>The program of a runner, as the worker named it.</summary>
    internal static ReadOnlyMemory<byte> Of(string runner) => runner == "perl" ? Perl : Shell;

    /// <summary>What is sent first. The store key and the worker's id need no quoting: they are digits, letters and '-'.</summary>
    internal static ReadOnlyMemory<byte> Bootstrap(WorkerAddress address, string boundary, RunnerChoice choice)
    {
        string text = BootstrapText
            .Replace("@BOUNDARY@", boundary, StringComparison.Ordinal)
            .Replace("@KEY@", $"{WireText.Name(address.StoreKey, "store key")}/{address.Worker}", StringComparison.Ordinal)
            .Replace("@LENGTH@", Perl.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(
                "@CHOICE@",
                choice switch
                {
                    RunnerChoice.Perl => "perl",
                    RunnerChoice.Automatic => "auto",
                    _ => "sh",
                },
                StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    // The parts in order, without indentation and comment lines: every new connection carries them, and perl reads them.
    private static byte[] PerlParts()
    {
        IEnumerable<string> lines = typeof(RunnerProgram).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("perl/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(name => Encoding.UTF8.GetString(Read(name)).Split('\n'))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#');
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(RunnerProgram).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
