using System.Text.RegularExpressions;

namespace OctoWorkers;

/// <summary>Something a worker must have, perhaps of some version: <c>kubectl</c>, <c>pwsh &gt;= 7.4</c> (semantics, section 2, Demands).</summary>
/// <param name="Name">The capability's name; it compares without regard to case.</param>
/// <param name="Operator">How the worker's version compares to <paramref name="Version"/>: <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>; null: any version.</param>
/// <param name="Version">The version to compare with, of one to four numbers; null when there is no operator.</param>
public sealed partial record CapabilityDemand(string Name, string? Operator = null, string? Version = null)
{
    /// <summary>Reads what <see cref="ToString"/> writes; spaces around the operator do not matter.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is no demand.</exception>
    public static CapabilityDemand Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = Form().Match(text);
        return match.Success
            ? new(match.Groups["name"].Value, Optional(match.Groups["operator"]), Optional(match.Groups["version"]))
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"'{text}' is not a demand. Write a capability, or a capability with a version: kubectl, pwsh >= 7.4.", text);
    }

    /// <inheritdoc/>
    public override string ToString() => Operator is null ? Name : $"{Name} {Operator} {Version}";

    private static string? Optional(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z0-9][A-Za-z0-9._+-]*)(\s*(?<operator>>=|<=|!=|=|>|<)\s*(?<version>\d{1,9}(\.\d{1,9}){0,3}))?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
