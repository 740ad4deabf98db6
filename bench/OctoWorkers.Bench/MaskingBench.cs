using System.Diagnostics;
using System.Globalization;
using System.Text;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Bench;

/// <summary>What masking adds to the making of log lines: the same output without secrets, with 200 of usual lengths, and with 200 of which some are short.</summary>
internal static class MaskingBench
{
    private const int BlockBytes = 64 * 1024;
    private const int Blocks = 4096;

    public static void Run(TextWriter into)
    {
        Random random = new(1);
        byte[][] blocks = [.. Enumerable.Range(0, 64).Select(_ => Block(random))];
        string[] usual = [.. Enumerable.Range(0, 200).Select(_ => Secret(random, random.Next(8, 41)))];
        string[] some = [.. usual.Take(190), .. Enumerable.Range(0, 10).Select(_ => Secret(random, random.Next(4, 7)))];
        foreach ((string name, string[] secrets) in ((string, string[])[])[("no secrets", []), ("200 secrets of 8 to 40 characters", usual), ("200 secrets, 10 of them of 4 to 6", some)])
        {
            Measure(blocks, secrets);
            double seconds = Enumerable.Range(0, 5).Min(_ => Measure(blocks, secrets));
            into.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-36} {(double)BlockBytes * Blocks / seconds / 1e6,8:0} MB/s"));
        }

        SecretMasker masker = SecretMasker.None.With(usual);
        MaskSpans spans = new();
        double best = double.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long began = Stopwatch.GetTimestamp();
            for (int index = 0; index < Blocks; index++)
            {
                masker.Find(blocks[index % blocks.Length], isWhole: true, spans);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        into.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"the search alone, 200 secrets",-36} {(double)BlockBytes * Blocks / best / 1e6,8:0} MB/s"));
    }

    private static double Measure(byte[][] blocks, string[] secrets)
    {
        RunSecrets run = new(new SecretKeyring("/nowhere", Convert.ToBase64String(new byte[32]), TimeProvider.System));
        foreach (string secret in secrets)
        {
            run.Add(secret);
        }

        LineBatch batch = new(1, 1, 1);
        StreamLines lines = new(OutputKind.Out, default, new(), run, null, batch);
        long began = Stopwatch.GetTimestamp();
        for (int index = 0; index < Blocks; index++)
        {
            lines.Take(blocks[index % blocks.Length]);
            if (index % 16 == 15)
            {
                batch.Drain();
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // Lines as programs print them: words, times, numbers, paths, sums.
    private static byte[] Block(Random random)
    {
        StringBuilder text = new();
        string[] words = ["info", "Downloading", "package", "from", "https://example.org/feed/", "took", "ms", "done", "warning:", "file", "/usr/lib/", "compiled", "in", "the", "of", "and"];
        while (text.Length < BlockBytes - 200)
        {
            text.Append("2026-05-04T12:00:").Append(random.Next(60)).Append("Z ");
            for (int word = random.Next(4, 14); word > 0; word--)
            {
                text.Append(words[random.Next(words.Length)]).Append(' ');
            }

            text.Append(Convert.ToBase64String(BitConverter.GetBytes(random.NextInt64()))).Append(random.Next(100_000)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString().TrimEnd('\n').PadRight(BlockBytes - 1, '.') + "\n");
    }

    private static string Secret(Random random, int length)
        => string.Concat(Enumerable.Range(0, length).Select(_ => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!$%/+=-_"[random.Next(70)]));
}
