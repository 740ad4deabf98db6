using System.Management.Automation;
using System.Management.Automation.Language;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>The text of a script block that is kept and run later, somewhere else.</summary>
internal static class ScriptBlockText
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it refers to a variable of this session.</exception>
    internal static string Of(ScriptBlock block, string step)
    {
        if (block.Ast.Find(node => node is UsingExpressionAst, searchNestedScriptBlocks: true) is { } found)
        {
            IScriptExtent place = found.Extent;
            throw new OctoWorkersException(
                EngineError.InvalidDefinition,
                $"Step '{step}': the script block has '{place.Text}' in line {place.StartLineNumber}. A runbook is kept and runs when this session is gone: "
                + "set a variable of the runbook and read it with $OctopusParameters['Name'], or put the value into the text.",
                step);
        }

        return Unindented(block.ToString());
    }

    // What stands between the braces, without the indentation that it has there; a here-string's content is indented too only where all lines are.
    private static string Unindented(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        string[] filled = [.. lines.Where(line => !string.IsNullOrWhiteSpace(line))];
        if (lines.Length < 2 || filled.Length == 0)
        {
            return text.Trim();
        }

        int common = filled.Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Join('\n', lines.Select(line => line.Length >= common ? line[common..] : line.TrimStart(' '))).TrimEnd() + "\n";
    }
}
