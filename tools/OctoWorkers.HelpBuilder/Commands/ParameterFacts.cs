namespace OctoWorkers.HelpBuilder.Commands;

/// <summary>A parameter, as it is in one parameter set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type as people write it, such as <c>String[]</c>.</param>
/// <param name="IsSwitch">Whether it takes no value.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Its position; null when it must be named.</param>
/// <param name="TakesPipelineValue">Whether an object of the pipeline can be its value.</param>
/// <param name="TakesPipelineProperty">Whether a property of an object of the pipeline can be its value.</param>
/// <param name="AcceptsWildcards">Whether a value may be a wildcard pattern.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Values">The values it can have; empty when they are not listed.</param>
/// <param name="Default">Its value when it is not given; null when there is none.</param>
internal sealed record ParameterFacts(
    string Name,
    string TypeName,
    bool IsSwitch,
    bool IsMandatory,
    int? Position,
    bool TakesPipelineValue,
    bool TakesPipelineProperty,
    bool AcceptsWildcards,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    string? Default)
{
    /// <summary>Where its value can come from, in the words of PowerShell's help.</summary>
    internal string PipelineInput => (TakesPipelineValue, TakesPipelineProperty) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
