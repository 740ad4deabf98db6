using System.Diagnostics.CodeAnalysis;
using System.Text;
using OctoWorkers.Engine.Templates.Filters;
using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>Names with their filters.</summary>
internal sealed class PipelineEvaluator(NameResolver names, EvaluationReport report, FilterSession filters)
{
    /// <summary>The value, if it is known without evaluating anything.</summary>
    internal bool TryEvaluate(Pipeline pipeline, [NotNullWhen(true)] out string? value)
    {
        value = null;
        return pipeline is { Filters.Count: 0, Symbol.Literal: { } name } && names.TryResolve(name, out value) && value is not null;
    }

    /// <summary>Leaves the value in the slot: null for a name that is not there, failed when a filter cannot be applied.</summary>
    internal IEnumerator<Step> Evaluate(Template source, Pipeline pipeline, Slot slot, bool isMissReported)
    {
        Slot name = new() { Value = pipeline.Symbol?.Literal };
        if (pipeline.Symbol is { Literal: null } symbol)
        {
            yield return new(Name(source, symbol, name));
        }

        slot.IsFailed = name.IsFailed;
        if (name.Value is not null)
        {
            yield return new(names.Resolve(name.Value, slot));
            if (slot.Value is null && isMissReported)
            {
                report.Miss(name.Value);
            }
        }

        foreach (FilterCall call in pipeline.Filters)
        {
            if (slot.IsFailed)
            {
                yield break;
            }

            yield return new(Filter(source, pipeline, call, slot));
        }
    }

    /// <summary>Leaves a name that has names in it in the slot; failed when one of those is not there.</summary>
    internal IEnumerator<Step> Name(Template source, Symbol symbol, Slot slot)
    {
        StringBuilder name = new();
        foreach (SymbolPart part in symbol.Parts)
        {
            if (part.Nested is null)
            {
                name.Append(part.Literal);
                continue;
            }

            Slot nested = new();
            yield return new(Evaluate(source, part.Nested, nested, isMissReported: true));
            if (nested.Value is null || nested.IsFailed)
            {
                slot.IsFailed = true;
                yield break;
            }

            name.Append(nested.Value);
        }

        slot.Value = name.ToString();
    }

    private IEnumerator<Step> Filter(Template source, Pipeline pipeline, FilterCall call, Slot slot)
    {
        if (!FilterTable.TryFind(call.Name, out Filter? filter))
        {
            report.Add(source, call.Start, $"there is no filter {Shown(call.Name)}, so that this stays as it is. docs/templates.md lists the filters.");
            slot.IsFailed = true;
            yield break;
        }

        if (slot.Value is null && !filter.TakesNothing)
        {
            slot.IsFailed = true;
            if (pipeline.Symbol is null)
            {
                report.Add(source, call.Start, $"the filter {filter.Name} needs a name before it, so that this stays as it is.");
            }

            yield break;
        }

        List<string> options = [];
        foreach (FilterOption option in call.Options)
        {
            Slot nested = new() { Value = option.Literal };
            if (option.Nested is not null)
            {
                yield return new(Evaluate(source, option.Nested, nested, isMissReported: true));
            }

            if (nested.Value is null || nested.IsFailed)
            {
                slot.IsFailed = true;
                yield break;
            }

            options.Add(nested.Value);
        }

        FilterResult result = filters.Apply(filter, slot.Value, options);
        slot.Value = result.Value;
        if (result.Problem is not null)
        {
            report.Add(source, call.Start, $"the filter {filter.Name} {result.Problem}, so that this stays as it is.");
            slot.IsFailed = true;
            slot.Echo = filter.EchoesQuotedOptions ? Echo(source, pipeline) : null;
        }
    }

    // As Octopus shows the comparing filters: with quotes around their options.
    private static string Echo(Template source, Pipeline pipeline)
    {
        StringBuilder text = new("#{");
        int end = pipeline.Filters[0].Start;
        text.Append(source.Text.AsSpan(pipeline.Start, end - pipeline.Start).TrimStart("#{").TrimEnd(" \t\r\n|").Trim());
        foreach (FilterCall call in pipeline.Filters)
        {
            text.Append(" | ").Append(call.Name);
            foreach (FilterOption option in call.Options)
            {
                text.Append(' ').Append(option.Nested is { } nested ? source.Text[nested.Start..nested.End] : $"\"{option.Literal}\"");
            }
        }

        return text.Append('}').ToString();
    }

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
