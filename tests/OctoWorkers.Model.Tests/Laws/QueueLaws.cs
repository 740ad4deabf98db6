using System.Globalization;
using System.Text.Json;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>
/// Who gets a task slot: a run that could go and stands before another is never passed over while slots are free, and nobody gets one who must not. Processes that were
/// not always taken for alive are given the benefit of the doubt. Where the cap was changed a run may have asked under an earlier one.
/// </summary>
internal static class QueueLaws
{
    /// <summary>Goes through the slots that were given.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static void Verify(ModelWorld world, IReadOnlyList<WitnessEntry> witness)
    {
        foreach (WitnessEntry given in witness.Where(entry => entry.Kind == "slot"))
        {
            JsonElement seen = given.Seen;
            Standing[] all = [.. seen.GetProperty("runs").EnumerateArray().Select(Standing.Of)];
            if (Problem(all, all.Single(run => run.Run == given.Run), seen.GetProperty("highest").GetInt32(), seen.GetProperty("paused").GetInt32() == 1, world.Model.Doubted) is { } problem
                && (seen.GetProperty("caps").GetInt32() == 0 || !problem.StartsWith("before", StringComparison.Ordinal)))
            {
                throw new LawBrokenException($"RunbookRuns-{given.Run} got a task slot {problem}. {given.Data}");
            }
        }
    }

    private static string? Problem(Standing[] all, Standing mine, int cap, bool isPaused, IReadOnlySet<string> doubted)
    {
        bool Certain(Standing run) => run.Owner is not null && !doubted.Contains(run.Owner);
        int taken = all.Count(run => run.Holds && (run.HasBegun || Certain(run)));
        if (taken >= cap)
        {
            return string.Create(CultureInfo.InvariantCulture, $"when all {cap} were taken");
        }

        if (!mine.HasBegun && isPaused)
        {
            return "while the queue was paused";
        }

        if (!mine.HasBegun && mine.Tag is not null && all.Any(run => run.Run != mine.Run && IsSame(run.Tag, mine.Tag) && (run.HasBegun || (run.Holds && Certain(run)))))
        {
            return "beside a run of the same tag";
        }

        // Slots that are only counted as free by one who doubts their holders are not counted here.
        int free = cap - all.Count(run => run.Holds);
        List<string> tags = [.. all.Where(run => run.HasBegun || run.Holds).Select(run => run.Tag).OfType<string>()];
        List<Standing> before = [];
        foreach (Standing run in all.Where(run => run.Wants && !run.Holds && run.IsBefore(mine)).OrderBy(run => run))
        {
            bool couldGo = Certain(run) && (run.HasBegun || (!isPaused && !(run.Tag is not null && tags.Exists(tag => IsSame(tag, run.Tag)))));
            if (couldGo)
            {
                before.Add(run);
            }

            if (run is { HasBegun: false, Tag: { } mark })
            {
                tags.Add(mark);
            }
        }

        return before.Count >= free && before.Count > 0
            ? $"before {string.Join(", ", before.Select(run => $"RunbookRuns-{run.Run}"))}, which stood before it, with {free.ToString(CultureInfo.InvariantCulture)} free"
            : null;
    }

    private static bool IsSame(string? tag, string? other) => string.Equals(tag, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Standing(long Run, bool HasBegun, string? Owner, string? Tag, bool Holds, bool Wants, long Top, long Priority) : IComparable<Standing>
    {
        public static Standing Of(JsonElement run) => new(
            run.GetProperty("run").GetInt64(), run.GetProperty("begun").GetInt32() == 1, run.GetProperty("owner").GetString(), run.GetProperty("tag").GetString(),
            run.GetProperty("holds").GetInt32() == 1, run.GetProperty("wants").GetInt32() == 1, run.GetProperty("top").GetInt64(), run.GetProperty("priority").GetInt64());

        public bool IsBefore(Standing other) => CompareTo(other) < 0;

        public int CompareTo(Standing? other) => other is null ? -1 : (-Top, -Priority, Run).CompareTo((-other.Top, -other.Priority, other.Run));
    }
}
