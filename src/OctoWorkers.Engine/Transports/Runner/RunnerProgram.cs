using System.Globalization;
using System.Reflection;
using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>The programs that are sent to a worker: resources of this assembly, joined in the order of their names.</summary>
internal static class RunnerProgram
{
    private const string BootstrapName = "runner/sh/0-bootstrap.sh";
    private static readonly string BootstrapText = Encoding.UTF8.GetString(Read(name => name == BootstrapName));
    private static readonly byte[] Shell = Read(name => name != BootstrapName && name.StartsWith("runner/sh/", StringComparison.Ordinal));
    private static readonly byte[] Perl = Read(name => name.StartsWith("runner/perl/", StringComparison.Ordinal));

    /// <summary>Whether the perl runner is part of this build.</summary>
    internal static bool HasPerl => Perl.Length > 0;

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
                    RunnerChoice.Perl when HasPerl => "perl",
                    RunnerChoice.Automatic when HasPerl => "auto",
                    _ => "sh",
                },
                StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Read(Func<string, bool> belongs)
    {
        using MemoryStream joined = new();
        Assembly assembly = typeof(RunnerProgram).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(belongs).Order(StringComparer.Ordinal))
        {
            using Stream part = assembly.GetManifestResourceStream(name)!;
            part.CopyTo(joined);
        }

        return joined.ToArray();
    }
}
