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
    private static readonly byte[] Perl = Bare(Read(name => name.StartsWith("runner/perl/", StringComparison.Ordinal)));

    /// <summary>Reads the programs, unless that was done.</summary>
    internal static void Prepare() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(RunnerProgram).TypeHandle);

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

    // Without indentation and comment lines: every new connection carries it, and perl reads it.
    private static byte[] Bare(byte[] program)
    {
        IEnumerable<string> lines = Encoding.UTF8.GetString(program).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
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
