namespace OctoWorkers.PowerShell.Formatting;

/// <summary>What a step does, in a few words. For the views of the module.</summary>
public static class StepText
{
    private const int Longest = 40;

    /// <summary><c>runbook Create AWS RDS</c>, or the language and the first line of the script.</summary>
    /// <param name="step">The step.</param>
    public static string Does(StepDefinition step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Action switch
        {
            RunRunbookAction run => $"runbook {run.Runbook}",
            ScriptAction script => $"{script.Syntax}: {FirstLine(script.Body)}",
            ManualAction manual => $"waits for {(manual.Responsible.Count == 0 ? "a person" : string.Join(" or ", manual.Responsible))}",
            _ => step.Action.GetType().Name,
        };
    }

    private static string FirstLine(string body)
    {
        string line = body.Split('\n').Select(one => one.Trim()).FirstOrDefault(one => one.Length > 0) ?? "";
        return line.Length > Longest ? line[..(Longest - 3)] + "..." : line;
    }
}
