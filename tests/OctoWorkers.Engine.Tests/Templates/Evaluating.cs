using OctoWorkers.Engine.Templates;

namespace OctoWorkers.Engine.Tests.Templates;

/// <summary>Short forms for tests of templates.</summary>
internal static class Evaluating
{
    internal static TemplateValues Values(params (string Name, string Value)[] values)
        => new(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));

    internal static TemplateResult Result(string template, params (string Name, string Value)[] values)
        => Template.Parse(template).Evaluate(Values(values));

    internal static string Text(string template, params (string Name, string Value)[] values) => Result(template, values).Text;

    /// <summary>The failure of a template that cannot be evaluated.</summary>
    internal static OctoWorkersException Failure(string template, params (string Name, string Value)[] values)
    {
        OctoWorkersException failure = Xunit.Assert.Throws<OctoWorkersException>(() => Result(template, values));
        Xunit.Assert.Equal(EngineError.TemplateInvalid, failure.Error);
        return failure;
    }
}
