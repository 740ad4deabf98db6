using System.Globalization;

namespace OctoWorkers.Model.Tests.Scenarios;

/// <summary>A runbook of a scenario.</summary>
/// <param name="Steps">Its steps.</param>
internal sealed record RunbookSpec(IReadOnlyList<StepSpec> Steps)
{
    /// <summary>Whether failures ask a person.</summary>
    public bool Guided { get; init; }

    /// <summary>Whether its runs have a time-out.</summary>
    public bool TimesOut { get; init; }

    /// <summary>Whether its runs give up waiting in the queue.</summary>
    public bool Expires { get; init; }

    /// <summary>The tag of its runs; null: none.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether its steps have their workers for themselves.</summary>
    public bool Isolated { get; init; }

    /// <summary>Whether its runs leave deployment targets out that are not healthy.</summary>
    public bool SkipsUnavailable { get; init; }

    /// <summary>The name of the runbook at a place of a scenario.</summary>
    public static string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"Runbook {place}");

    /// <summary>The runbook as it is put into the store.</summary>
    public RunbookDefinition ToDefinition(int place) => new(NameOf(place), Steps.Select((step, index) => step.ToDefinition(index + 1)))
    {
        GuidedFailure = Guided ? GuidedFailureMode.On : GuidedFailureMode.Off,
        Timeout = TimesOut ? TimeSpan.FromMinutes(50) : null,
        QueueExpiry = Expires ? TimeSpan.FromMinutes(30) : null,
        UnavailableTargets = SkipsUnavailable ? UnavailableTargets.Skip : UnavailableTargets.Default,
        Variables = [.. Values()],
    };

    public override string ToString()
        => string.Join("\n    ", Steps.Select(step => step.ToString()).Prepend($"{{ Guided = {Guided}, TimesOut = {TimesOut}, Expires = {Expires}, Tag = {Tag}, Isolated = {Isolated}, SkipsUnavailable = {SkipsUnavailable} }}"));

    private IEnumerable<VariableDefinition> Values()
    {
        if (Tag is not null)
        {
            yield return VariableDefinition.Text("Octopus.Task.ConcurrencyTag", Tag);
        }

        if (Isolated)
        {
            yield return VariableDefinition.Text("OctopusBypassDeploymentMutex", "False");
        }
    }
}
