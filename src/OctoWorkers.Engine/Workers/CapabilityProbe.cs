using System.Text;
using System.Text.RegularExpressions;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>Finds out which tools a worker has, and in which versions, by one script that runs there like a step and leaves nothing behind.</summary>
internal static partial class CapabilityProbe
{
    /// <summary>How long the tools may take to say their versions; what has not answered by then is known without one.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private const int MostBytes = 256 * 1024;
    private const string Ticket = "probe";
    private static readonly byte[] Script = ReadScript();

    /// <summary>What was found: names and versions, <c>""</c> where a version is not known.</summary>
    /// <exception cref="OctoWorkersException">The worker cannot run scripts, or the connection broke.</exception>
    internal static async Task<IReadOnlyDictionary<string, string>> RunAsync(IWorkerChannel channel, TimeProvider time, CancellationToken cancellationToken)
    {
        string run = $"probe-{Guid.NewGuid():N}";
        await channel.EnterRunAsync(run, 1, cancellationToken).ConfigureAwait(false);
        try
        {
            await channel.StartAsync(new(run, 1, Ticket, ["sh"], Script), cancellationToken).ConfigureAwait(false);
            return Parse(await ReadAsync(channel, run, time, cancellationToken).ConfigureAwait(false));
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

    private static async Task<string> ReadAsync(IWorkerChannel channel, string run, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        using MemoryStream output = new();
        try
        {
            await foreach (AttemptSignal signal in channel.FollowAsync(Ticket, default, either.Token).ConfigureAwait(false))
            {
                if (signal is OutputRead { Stream: OutputKind.Out } read && output.Length < MostBytes)
                {
                    output.Write(read.Bytes.Span);
                }
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await channel.TerminateAsync(run, Ticket, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }

        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }

    private static byte[] ReadScript()
    {
        using Stream script = typeof(CapabilityProbe).Assembly.GetManifestResourceStream("workers/probe.sh")!;
        using MemoryStream copy = new();
        script.CopyTo(copy);
        return copy.ToArray();
    }

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
