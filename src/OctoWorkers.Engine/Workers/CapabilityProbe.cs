using System.Text;
using System.Text.RegularExpressions;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Finds out which tools a worker has, and in which versions, by one script that runs there like a step and leaves nothing behind.</summary>
internal static partial class CapabilityProbe
{
    /// <summary>How long the tools may take to say their versions; what has not answered by then is known without one.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private const string Ticket = "probe";
    private static readonly byte[] Script = ReadScript();

    /// <summary>What was found: names and versions, <c>""</c> where a version is not known.</summary>
    /// <exception cref="OctoWorkersException">The worker cannot run scripts, or the connection broke.</exception>
    internal static async Task<IReadOnlyDictionary<string, string>> RunAsync(IWorkerChannel channel, TimeProvider time, CancellationToken cancellationToken)
    {
        string run = $"probe-{Guid.NewGuid():N}";
        await channel.EnterRunAsync(run, 1, 0, cancellationToken).ConfigureAwait(false);
        try
        {
            await channel.StartAsync(new(run, 1, Ticket, ["sh"], Script), cancellationToken).ConfigureAwait(false);
            ProbeOutput output = await ProbeOutput.ReadAsync(channel, run, Ticket, Patience, time, cancellationToken).ConfigureAwait(false);
            return Parse(output.Text);
        }
        finally
        {
            if (!channel.Broken.IsCancellationRequested)
            {
                await channel.RemoveRunAsync(run, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads what the script wrote; a line that is not whole does not count.</summary>
    internal static Dictionary<string, string> Parse(string output)
    {
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (string[] words in output[..(output.LastIndexOf('\n') + 1)].Split('\n').Select(line => line.Split('\t', 2)).Where(words => words.Length == 2))
        {
            string version = words[0] == "shell" ? words[1].Trim() : Version().Match(words[1]).Value;
            if (version.Length > 0 || !found.ContainsKey(words[0]))
            {
                found[words[0]] = version;
            }
        }

        return found;
    }

    /// <summary>The first text in an output that may be a version: numbers with points between them, else the first number; empty when there is none.</summary>
    internal static string VersionIn(string output) => Version().Match(output) is { Success: true } version ? version.Value : Number().Match(output).Value;

    private static byte[] ReadScript()
    {
        using Stream script = typeof(CapabilityProbe).Assembly.GetManifestResourceStream("workers/probe.sh")!;
        using MemoryStream copy = new();
        script.CopyTo(copy);
        return copy.ToArray();
    }

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex("[0-9]{1,18}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
