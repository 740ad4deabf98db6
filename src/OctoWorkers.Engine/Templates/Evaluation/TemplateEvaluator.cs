using System.Globalization;
using OctoWorkers.Engine.Templates.Filters;
using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>One evaluation of one template.</summary>
internal sealed class TemplateEvaluator
{
    private readonly ITemplateValues values;
    private readonly EvaluationReport report = new();
    private readonly TextBudget budget = new();
    private readonly LoopStack loops = new();
    private readonly NameResolver names;
    private readonly PipelineEvaluator pipelines;

    internal TemplateEvaluator(ITemplateValues values, TimeProvider time)
    {
        this.values = values;
        names = new(values, loops, report, Text);
        pipelines = new(names, report, new FilterSession(time, budget));
    }

    /// <summary>How many parts of templates were evaluated.</summary>
    internal long Steps { get; private set; }

    internal TemplateResult Evaluate(Template template)
    {
        report.Add(template.Problems);
        Slot slot = new();
        Step.Run(Text(template, slot));
        return report.Result(slot.Value!);
    }

    private IEnumerator<Step> Text(Template template, Slot slot)
    {
        if (template.Variable is not null)
        {
            report.Add(template.Problems);
        }

        Output output = new(budget);
        yield return new(Body(template, template.Nodes, output));
        slot.Value = output.ToString();
    }

    private IEnumerator<Step> Body(Template source, IReadOnlyList<TemplateNode> nodes, Output output)
    {
        foreach (TemplateNode node in nodes)
        {
            Steps++;
            switch (node)
            {
                case TextNode text:
                    output.Append(source.Text, text.Start, text.End);
                    break;
                case SubstitutionNode { Pipeline: var pipeline } when pipelines.TryEvaluate(pipeline, out string? known):
                    output.Append(known);
                    break;
                case SubstitutionNode { Pipeline: var pipeline }:
                    Slot slot = new();
                    yield return new(pipelines.Evaluate(source, pipeline, slot, isMissReported: true));
                    Append(source, node, slot, output);
                    break;
                case SequenceNode sequence:
                    yield return new(Body(source, sequence.Nodes, output));
                    break;
                case ConditionNode condition:
                    yield return new(Branch(source, condition, output));
                    break;
                case EachNode each:
                    yield return new(Each(source, each, output));
                    break;
                case CalculationNode calculation:
                    yield return new(Calculation(source, calculation, output));
                    break;
            }
        }
    }

    private IEnumerator<Step> Branch(Template source, ConditionNode node, Output output)
    {
        foreach (ConditionBranch branch in node.Branches)
        {
            Slot left = new();
            yield return new(Side(source, branch.Condition.Left, left));
            Slot right = new();
            if (branch.Condition.Right is { } other)
            {
                yield return new(Side(source, other, right));
            }

            if (left.IsFailed || right.IsFailed)
            {
                output.Append(source.Text, node.Start, node.End);
                yield break;
            }

            bool holds = branch.Condition.Right is null
                ? TemplateTruth.IsTruthy(left.Value)
                : string.Equals(left.Value ?? "", right.Value ?? "", StringComparison.Ordinal) != branch.Condition.IsInequality;
            if (holds != branch.Negated)
            {
                yield return new(Body(source, branch.Body, output));
                yield break;
            }
        }

        yield return new(Body(source, node.Otherwise, output));
    }

    private IEnumerator<Step> Side(Template source, Operand operand, Slot slot)
    {
        slot.Value = operand.Literal;
        if (operand.Pipeline is { } pipeline)
        {
            bool hasFilters = pipeline.Filters.Count > 0;
            yield return new(pipelines.Evaluate(source, pipeline, slot, isMissReported: hasFilters));

            // A name that is not there is false; a filter that cannot be applied is neither true nor false.
            slot.IsFailed &= hasFilters;
        }
    }

    private IEnumerator<Step> Each(Template source, EachNode node, Output output)
    {
        IReadOnlyList<LoopItem>? items = null;
        if (node.Collection is { Symbol: { } symbol, Filters.Count: 0 })
        {
            Slot name = new() { Value = symbol.Literal };
            if (symbol.Literal is null)
            {
                yield return new(pipelines.Name(source, symbol, name));
            }

            if (name.Value is not null && names.PathOf(name.Value) is { } path && values.Indexes(path) is { Count: > 0 } indexes)
            {
                items = [.. indexes.Select(index => new LoopItem(index, $"{path}[{index}]", null, IsEvaluated: true))];
            }
        }

        if (items is null)
        {
            Slot value = new() { WantsJson = node.Collection.Filters.Count == 0 };
            yield return new(pipelines.Evaluate(source, node.Collection, value, isMissReported: node.Collection.Filters.Count > 0));
            if (value.IsFailed)
            {
                output.Append(source.Text, node.Start, node.End);
                yield break;
            }

            items = value.Document is { } document ? JsonTree.Items(document) : Items(value.Value ?? "");
        }

        for (int i = 0; i < items.Count; i++)
        {
            budget.Spend(TextBudget.OfAPass);
            loops.Enter(new(node.Variable, items[i], i, items.Count));
            yield return new(Body(source, node.Body, output));
            loops.Leave();
        }
    }

    private static IReadOnlyList<LoopItem> Items(string value)
    {
        if (value.Length == 0)
        {
            return [];
        }

        return JsonTree.Parse(value) is { } json
            ? JsonTree.Items(new(json, IsEvaluated: true))
            : [.. value.Split(',').Select(item => new LoopItem(item, null, null, IsEvaluated: true))];
    }

    private IEnumerator<Step> Calculation(Template source, CalculationNode node, Output output)
    {
        List<double> numbers = [];
        bool isComplete = true;
        foreach (CalculationTerm term in node.Terms)
        {
            if (term.Name is null)
            {
                continue;
            }

            Slot slot = new();
            yield return new(names.Resolve(term.Name, slot));
            if (slot.Value is null)
            {
                report.Miss(term.Name);
                isComplete = false;
            }
            else if (double.TryParse(slot.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                numbers.Add(number);
            }
            else
            {
                report.Add(source, node.Start, $"the value of {term.Name} is no number, so that this stays as it is. Calculate with numbers such as 12 or 0.5.");
                isComplete = false;
            }
        }

        double result = isComplete ? Calculator.Calculate(node.Terms, numbers) : 0;
        if (!double.IsFinite(result))
        {
            report.Add(source, node.Start, "the result is no finite number, so that this stays as it is. Look for a division by zero.");
            isComplete = false;
        }

        output.Append(isComplete ? result.ToString(CultureInfo.InvariantCulture) : $"#{{{node.Expression}}}");
    }

    private static void Append(Template source, TemplateNode node, Slot slot, Output output)
    {
        if (slot is { IsFailed: false, Value: { } value })
        {
            output.Append(value);
        }
        else if (slot.Echo is { } echo)
        {
            output.Append(echo);
        }
        else
        {
            output.Append(source.Text, node.Start, node.End);
        }
    }
}
