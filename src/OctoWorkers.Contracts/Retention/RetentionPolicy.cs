using System.Globalization;

namespace OctoWorkers;

/// <summary>
/// Which ended runs are kept: of each runbook in each environment, the newest ones by number, or those that ended in the last days, or all. It is written as
/// <c>100 runs</c>, <c>30 days</c> or <c>forever</c>.
/// </summary>
public sealed record RetentionPolicy
{
    /// <summary>The most runs or days that can be asked for.</summary>
    public const int Most = 1_000_000;

    private const string ForeverWord = "forever";

    private RetentionPolicy()
    {
    }

    /// <summary>The newest 100 runs: what applies where nothing else was said.</summary>
    public static RetentionPolicy Default { get; } = KeepRuns(100);

    /// <summary>All runs.</summary>
    public static RetentionPolicy Forever { get; } = new();

    /// <summary>How many runs are kept; null when their number does not matter.</summary>
    public int? Runs { get; private init; }

    /// <summary>For how many days after its end a run is kept; null when its age does not matter.</summary>
    public int? Days { get; private init; }

    /// <summary>Whether all runs are kept.</summary>
    public bool IsForever => Runs is null && Days is null;

    /// <summary>Keeps the newest runs.</summary>
    /// <param name="count">How many; 1 to <see cref="Most"/>.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public static RetentionPolicy KeepRuns(int count) => new() { Runs = Required(count, "runs") };

    /// <summary>Keeps the runs that ended in the last days.</summary>
    /// <param name="days">How many; 1 to <see cref="Most"/>.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public static RetentionPolicy KeepDays(int days) => new() { Days = Required(days, "days") };

    /// <summary>Reads what <see cref="ToString"/> writes; letter case and further spaces do not matter.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is no retention.</exception>
    public static RetentionPolicy Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["FOREVER"])
        {
            return Forever;
        }

        if (words is [string number, string unit] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            switch (unit)
            {
                case "RUN" or "RUNS":
                    return KeepRuns(count);
                case "DAY" or "DAYS":
                    return KeepDays(count);
            }
        }

        throw new OctoWorkersException(EngineError.InvalidDefinition, $"'{text}' is not a retention. Write '100 runs', '30 days' or 'forever'.", text);
    }

    /// <inheritdoc/>
    public override string ToString()
        => Runs is { } runs ? Counted(runs, "run")
            : Days is { } days ? Counted(days, "day")
            : ForeverWord;

    private static string Counted(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    private static int Required(int count, string things) => count is >= 1 and <= Most
        ? count
        : throw new OctoWorkersException(
            EngineError.InvalidDefinition, string.Create(CultureInfo.InvariantCulture, $"A retention of {count} {things} is none; keep 1 to {Most}, or all: 'forever'."), count);
}
