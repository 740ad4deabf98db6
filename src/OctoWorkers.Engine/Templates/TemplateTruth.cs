namespace OctoWorkers.Engine.Templates;

/// <summary>What counts as true in conditions.</summary>
public static class TemplateTruth
{
    /// <summary>False for null (a name that is not there), the empty text, <c>0</c>, <c>no</c> and <c>false</c> in any case.</summary>
    public static bool IsTruthy(string? value)
        => !string.IsNullOrEmpty(value)
            && value != "0"
            && !value.Equals("no", StringComparison.OrdinalIgnoreCase)
            && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>The truth of an evaluated condition expression: false, too, when something in it could not be evaluated.</summary>
    public static bool IsTruthy(TemplateResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Unresolved.Count == 0 && result.Problems.Count == 0 && IsTruthy(result.Text);
    }
}
