using System.Management.Automation;
using System.Management.Automation.Language;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>A PowerShell script that is kept and run later, somewhere else: given as a script block, or as its text.</summary>
internal static class PowerShellText
{
    // What only the machine that runs the script can know: which modules, assemblies and types are there.
    private static readonly string[] OfTheMachine = ["ModuleNotFoundDuringParse", "MultipleModuleEntriesFoundDuringParse", "TypeNotFound", "ErrorLoadingAssembly"];

    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidDefinition"/> for a text that is no script, and for a block that refers to a variable of this session;
    /// <see cref="EngineError.InvalidArgument"/> for anything else.
    /// </exception>
    internal static string Of(object script, string step)
    {
        object plain = script is PSObject wrapped ? wrapped.BaseObject : script;
        return plain switch
        {
            ScriptBlock block => ScriptBlockText.Of(block, step),
            string text => Checked(text, step),
            _ => throw new OctoWorkersException(
                EngineError.InvalidArgument, $"Step '{step}': -PowerShell takes a script block or a text, not {plain.GetType().Name}. Read a file with Get-Content -Raw, or give its -Path.", step),
        };
    }

    private static string Checked(string text, string step)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors.FirstOrDefault(one => !OfTheMachine.Contains(one.ErrorId, StringComparer.Ordinal)) is { } error)
        {
            IScriptExtent place = error.Extent;
            throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"Step '{step}': the script is not valid in line {place.StartLineNumber}, column {place.StartColumnNumber}: {error.Message}", step);
        }

        return text;
    }
}
