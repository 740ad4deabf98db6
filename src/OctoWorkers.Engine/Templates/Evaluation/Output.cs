using System.Text;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>The text of one template as it grows. A text of one piece is not copied.</summary>
/// <param name="budget">What all texts of the evaluation may have.</param>
internal sealed class Output(TextBudget budget)
{
    private string? only;
    private StringBuilder? builder;

    internal void Append(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (only is null && builder is null)
        {
            only = text;
            return;
        }

        budget.Spend(text.Length);
        Builder().Append(text);
    }

    internal void Append(string text, int start, int end)
    {
        if (start == 0 && end == text.Length)
        {
            Append(text);
            return;
        }

        budget.Spend(end - start);
        Builder().Append(text, start, end - start);
    }

    public override string ToString() => builder?.ToString() ?? only ?? "";

    private StringBuilder Builder()
    {
        if (builder is null)
        {
            builder = new();
            if (only is not null)
            {
                budget.Spend(only.Length);
                builder.Append(only);
                only = null;
            }
        }

        return builder;
    }
}
