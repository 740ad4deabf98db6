using System.Management.Automation;
using OctoWorkers.PowerShell.Selection;

namespace OctoWorkers.PowerShell.Formatting;

/// <summary>A run that came out of a file or another process, as a tree of what is left of it: the run and its steps. For the views of the module.</summary>
public static class DeserializedRunTree
{
    /// <summary>The tree, a line for each thing.</summary>
    /// <param name="run">What was a <see cref="RunDetails"/>.</param>
    public static string Of(PSObject run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunTreeHead head = new(Deserialized.Text(run, "Id"), Deserialized.Text(run, "Runbook"), Deserialized.Text(run, "Environment"), Deserialized.Word<RunStatus>(run, "Status"))
        {
            Took = Took(run),
            HasEnded = LanguagePrimitives.IsTrue(run.Properties["HasEnded"]?.Value),
            WaitingFor = Deserialized.Text(run, "WaitingFor"),
            Error = Deserialized.Text(run, "Error"),
        };
        return RunTree.Of(head, [.. Deserialized.List(run, "Steps").Select(Row)]);
    }

    // A step of which only the text is left has its name.
    private static RunTreeRow Row(PSObject step, int index) => step.Properties["Name"] is null
        ? new($"{index + 1}", step.ToString(), null)
        : new(Deserialized.Text(step, "Number"), Deserialized.Text(step, "Name"), Deserialized.Word<StepStatus>(step, "Status"))
        {
            Worker = Deserialized.Text(step, "WorkerName"),
            Took = Took(step),
            Below = Deserialized.Text(step, "Error") is { Length: > 0 } error ? [error] : [],
        };

    private static string Took(PSObject value) => TimeText.Took(value.Properties["Started"]?.Value, value.Properties["Ended"]?.Value);
}
