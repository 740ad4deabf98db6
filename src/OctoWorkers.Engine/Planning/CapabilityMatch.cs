using System.Globalization;
using System.Text.RegularExpressions;

namespace OctoWorkers.Engine.Planning;

/// <summary>How what a worker has stands to what is demanded of it.</summary>
/// <param name="Missing">What it lacks, each in words: <c>lacks kubectl</c>, <c>has pwsh 7.2, needs &gt;= 7.4</c>; empty when it meets all demands.</param>
/// <param name="IsKnown">Whether a new check of the worker could say nothing else.</param>
internal sealed partial record CapabilityMatch(IReadOnlyList<string> Missing, bool IsKnown)
{
    /// <summary>The entry by which a check says that it looked for tools and their versions; without it only interpreters were looked for, or nothing.</summary>
    internal const string FormName = "capabilities";

    /// <summary>The value of that entry.</summary>
    internal const string Form = "2";

    /// <summary>The entry that every check makes.</summary>
    private const string EveryCheck = "runner";

    private static readonly string[] Interpreters = ["bash", "pwsh", "python3"];

    /// <summary>Compares. Where PowerShell sessions are all there is, no other interpreter is of use, whatever the machine has; no check need say so.</summary>
    internal static CapabilityMatch Of(WorkerRecord worker, IReadOnlyList<CapabilityDemand> demands)
    {
        if (worker.Connection is not PowerShellConnection)
        {
            return Of(worker.Health.Capabilities, demands);
        }

        CapabilityDemand[] foreign = [.. demands.Where(demand => EntityName.Comparer.Equals(demand.Name, "bash") || EntityName.Comparer.Equals(demand.Name, "python3"))];
        CapabilityMatch rest = Of(worker.Health.Capabilities, [.. demands.Except(foreign)]);
        return foreign.Length == 0 ? rest
            : new([.. foreign.Select(demand => $"lacks {demand}: through PowerShell sessions only PowerShell steps run"), .. rest.Missing], IsKnown: true);
    }

    /// <summary>Compares.</summary>
    internal static CapabilityMatch Of(IReadOnlyDictionary<string, string> capabilities, IReadOnlyList<CapabilityDemand> demands)
    {
        List<string> missing = [];
        bool isKnown = true;
        foreach (CapabilityDemand demand in demands)
        {
            string? found = capabilities.TryGetValue(demand.Name, out string? exact) ? exact
                : capabilities.Where(capability => EntityName.Comparer.Equals(capability.Key, demand.Name)).Select(capability => capability.Value).FirstOrDefault();
            if (Problem(demand, found) is { } problem)
            {
                missing.Add(problem);
                isKnown &= capabilities.ContainsKey(FormName)
                    || (found is null && capabilities.ContainsKey(EveryCheck) && Interpreters.Contains(demand.Name, EntityName.Comparer));
            }
        }

        return new(missing, isKnown);
    }

    private static string? Problem(CapabilityDemand demand, string? found)
    {
        if (found is null)
        {
            return $"lacks {demand}";
        }

        if (demand.Operator is null)
        {
            return null;
        }

        // A path may hold digits and says nothing of the version.
        Match version = found.StartsWith('/') ? Match.Empty : Version().Match(found);
        if (!version.Success)
        {
            return $"has {demand.Name} of an unknown version, needs {demand.Operator} {demand.Version}";
        }

        int order = Compare(version.Value, demand.Version!);
        bool holds = demand.Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
        return holds ? null : $"has {demand.Name} {version.Value}, needs {demand.Operator} {demand.Version}";
    }

    // Numbers that are not there are zeros: 7 is 7.0.
    private static int Compare(string first, string second)
    {
        long[] one = Numbers(first);
        long[] other = Numbers(second);
        for (int i = 0; i < Math.Max(one.Length, other.Length); i++)
        {
            int order = (i < one.Length ? one[i] : 0).CompareTo(i < other.Length ? other[i] : 0);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static long[] Numbers(string version) => [.. version.Split('.').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\d{1,18}(\.\d{1,18}){0,3}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
