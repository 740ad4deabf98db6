using OctoWorkers.Engine.Templates;

namespace OctoWorkers.Engine.Variables;

/// <summary>Puts variables into texts by the template language (docs/templates.md).</summary>
/// <param name="time">The clock of the filters that tell the time.</param>
internal sealed class TemplateText(TimeProvider time) : ITemplateText
{
    public EvaluatedText Evaluate(string text, StepVariables variables)
    {
        if (!Template.HasSubstitutions(text))
        {
            return new(text, TemplateTruth.IsTruthy(text), IsSensitive: false);
        }

        TemplateResult result = Template.Parse(text).Evaluate(variables.Template, time);
        return new(result.Text, TemplateTruth.IsTruthy(result), result.Used.Overlaps(variables.Sensitive)) { Unresolved = result.Unresolved };
    }
}
