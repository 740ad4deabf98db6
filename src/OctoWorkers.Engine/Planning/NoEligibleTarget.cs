namespace OctoWorkers.Engine.Planning;

/// <summary>Says that a step has no deployment target to run for, or one that it cannot run for, and what helps.</summary>
internal static class NoEligibleTarget
{
    /// <summary>How the reason begins of a step that has no target.</summary>
    internal const string NoTarget = "it has no deployment target";

    /// <summary>Why a step is skipped, in words.</summary>
    internal static string None(StepDefinition step, string environment, IReadOnlyList<SkippedWorkers> skipped)
    {
        string tags = string.Join(" or ", step.Targets!.Tags.Select(tag => $"'{tag}'"));
        SkippedWorkers[] near = [.. skipped.Where(group => group.Reason != TargetSelection.OtherTags)];
        return $"{NoTarget}: none with tag {tags} in environment '{environment}' can be used"
            + (near.Length == 0 ? "" : $" ({Described(near)})");
    }

    /// <summary>Of a step that must run.</summary>
    internal static OctoWorkersException Required(StepDefinition step, string none)
        => new(EngineError.NoEligibleTarget, $"Step '{step.Name}' is required and cannot be planned: {none}. Add or enable a target, or run in another environment.", step.Name);

    /// <summary>Of a step some of whose targets are not healthy, or lack what it demands.</summary>
    internal static OctoWorkersException Broken(StepDefinition step, IReadOnlyList<SkippedWorkers> broken)
        => new(
            EngineError.NoEligibleTarget,
            $"Step '{step.Name}' cannot be planned: not all of its deployment targets can be used ({Described(broken)}). Repair or disable them"
                + (broken.Any(group => !group.Reason.StartsWith("lacks ", StringComparison.Ordinal)) ? ", or have the run leave out unavailable targets." : "."),
            step.Name);

    private static string Described(IEnumerable<SkippedWorkers> groups)
        => string.Join("; ", groups.Select(group => $"{group.Reason}: {string.Join(", ", group.Names)}{(group.Count > group.Names.Count ? $" and {group.Count - group.Names.Count} more" : "")}"));
}
