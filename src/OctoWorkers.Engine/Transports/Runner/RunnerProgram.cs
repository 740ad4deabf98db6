using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>The programs that are sent to a worker; they are part of this assembly.</summary>
internal static class RunnerProgram
{
    private static readonly string BootstrapText = Encoding.UTF8.GetString(Read("bootstrap.sh"));
    private static readonly byte[] Shell = Read("runner.sh");
    private static readonly byte[] Perl = Read("runner.pl");

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
                    RunnerChoice.Perl when Perl.Length > 0 => "perl",
                    RunnerChoice.Automatic when Perl.Length > 0 => "auto",
                    _ => "sh",
                },
                StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Read(string name)
    {
        using Stream? stream = typeof(RunnerProgram).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return [];
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
