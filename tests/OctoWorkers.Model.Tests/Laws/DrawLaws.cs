using System.Text.Json;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>
/// Round robin: each draw gives the next eligible worker after the one drawn before, in the pool's order, or the next of those with the fewest leases where the pool says so;
/// cursors are kept per pool and runbook and never jump.
/// </summary>
internal static class DrawLaws
{
    /// <summary>Goes through the draws.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static void Verify(IReadOnlyList<WitnessEntry> witness)
    {
        Dictionary<(long Pool, long Runbook), long> cursors = [];
        Dictionary<long, HashSet<long>> lost = [];
        WitnessEntry? happened = null;
        foreach (WitnessEntry entry in witness)
        {
            if (entry.Kind == "event")
            {
                happened = entry;
                if (IsReplacement(entry))
                {
                    lost.TryAdd(entry.Run!.Value, []);
                    lost[entry.Run!.Value].Add(entry.Seen.GetProperty("lost").GetInt64());
                }
            }
            else if (entry.Kind == "draw")
            {
                Verify(entry, cursors, happened is not null && IsReplacement(happened) ? lost[happened.Run!.Value] : []);
            }
        }
    }

    private static void Verify(WitnessEntry draw, Dictionary<(long Pool, long Runbook), long> cursors, HashSet<long> lost)
    {
        JsonElement seen = draw.Seen;
        (long, long) cursor = (seen.GetProperty("pool").GetInt64(), seen.GetProperty("runbook").GetInt64());
        long? from = seen.GetProperty("from").ValueKind == JsonValueKind.Null ? null : seen.GetProperty("from").GetInt64();
        long to = seen.GetProperty("to").GetInt64();
        if (from != (cursors.TryGetValue(cursor, out long known) ? known : null))
        {
            throw new LawBrokenException($"A draw begins at {from}, and the one before ended at {known}. {draw.Data}");
        }

        cursors[cursor] = to;
        long[] eligible = [.. seen.GetProperty("members").EnumerateArray().Where(IsEligible)
            .Where(member => !lost.Contains(member.GetProperty("worker").GetInt64())).Select(member => member.GetProperty("position").GetInt64()).Order()];
        if (seen.GetProperty("policy").GetString() == nameof(PoolPolicy.LeastLeases))
        {
            eligible = WithFewest(seen, eligible, to);
        }

        long expected = eligible.FirstOrDefault(position => position > (from ?? 0), eligible.FirstOrDefault(-1));
        if (to != expected)
        {
            throw new LawBrokenException($"A draw gave {to}, and the next one was {expected}. {draw.Data}");
        }
    }

    // The lease of the draw itself is there already.
    private static long[] WithFewest(JsonElement seen, long[] eligible, long drawn)
    {
        Dictionary<long, int> leases = seen.GetProperty("members").EnumerateArray().ToDictionary(
            member => member.GetProperty("position").GetInt64(),
            member => member.GetProperty("leases").GetInt32() - (member.GetProperty("position").GetInt64() == drawn ? 1 : 0));
        int fewest = eligible.Select(position => leases[position]).Append(int.MaxValue).Min();
        return [.. eligible.Where(position => leases[position] == fewest)];
    }

    private static bool IsReplacement(WitnessEntry happened) => happened.Seen.GetProperty("kind").GetString() == "workerReplaced";

    private static bool IsEligible(JsonElement member)
        => member.GetProperty("state").GetString() == "Enabled" && member.GetProperty("health").GetString() is "Healthy" or "HasWarnings";
}
