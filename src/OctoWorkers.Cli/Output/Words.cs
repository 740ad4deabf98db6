using System.Globalization;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Output;

/// <summary>Values as people read them.</summary>
internal static class Words
{
    /// <summary>What stands where there is nothing.</summary>
    internal const string None = "-";

    /// <summary>A length of time: "12 ms", "3.4 s", "5 min 3 s", "2 h 5 min", "3 d 4 h".</summary>
    internal static string Of(TimeSpan length)
    {
        long seconds = (long)length.TotalSeconds;
        return length.TotalMilliseconds < 1_000 ? Invariant($"{Math.Max(0, (long)length.TotalMilliseconds)} ms")
            : seconds < 60 ? Invariant($"{length.TotalSeconds:0.0} s")
            : seconds < 3_600 ? Invariant($"{seconds / 60} min {seconds % 60} s")
            : seconds < 86_400 ? Invariant($"{seconds / 3_600} h {seconds / 60 % 60} min")
            : Invariant($"{seconds / 86_400} d {seconds / 3_600 % 24} h");
    }

    /// <summary>A number of bytes: "12 bytes", "3.4 kB", "200.0 MB".</summary>
    internal static string Bytes(long count)
        => count < 1_000 ? Invariant($"{count} bytes") : count < 1_000_000 ? Invariant($"{count / 1e3:0.0} kB") : count < 1_000_000_000 ? Invariant($"{count / 1e6:0.0} MB") : Invariant($"{count / 1e9:0.0} GB");

    /// <summary>From a start to an end, or until now.</summary>
    internal static string Duration(DateTimeOffset? started, DateTimeOffset? ended, TimeProvider time)
        => started is { } start ? Of((ended ?? time.GetUtcNow()) - start) : None;

    /// <summary>A moment in the time of the person's place.</summary>
    internal static string Of(DateTimeOffset? moment, TimeProvider time)
        => moment is { } at
            ? TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : None;

    /// <summary>A number of things: "1 worker", "3 workers".</summary>
    internal static string Count(int count, string thing) => Invariant($"{count} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>Names after each other; what stands where there is nothing when there are none.</summary>
    internal static string List(IReadOnlyCollection<string> names) => names.Count == 0 ? None : string.Join(", ", names.Select(DisplayText.Of));

    /// <summary>A priority: "high".</summary>
    internal static string Of(RunPriority priority) => priority.ToString().ToLowerInvariant();

    /// <summary>The tenants of a deployment target: "Acme, Region/Europe".</summary>
    internal static string Of(TargetTenants tenants)
        => List([.. tenants.Names, .. tenants.Tags.Select(tag => tag.ToString())])
            + (tenants.Participation == TenantParticipation.TenantedOrUntenanted ? ", or none" : "");

    /// <summary>A kind of definition: "worker", "variable set".</summary>
    internal static string Of(DefinitionKind kind) => kind switch
    {
        DefinitionKind.MachinePolicy => "machine policy",
        DefinitionKind.Target => "deployment target",
        DefinitionKind.VariableSet => "variable set",
        DefinitionKind.ScriptModule => "script module",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>What happened to a definition: "added".</summary>
    internal static string Of(ChangeKind change) => change.ToString().ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
