using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Remoting;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Makes of a script block what goes to workers.</summary>
internal static class CommandScripts
{
    private static readonly string[] Shown = ["Verbose", "Debug"];

    // What they do outlives the script block, and is not seen when the session is looked at afterwards.
    private static readonly HashSet<string> Tracing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Start-Transcript", "Update-TypeData", "Remove-TypeData", "Update-FormatData", "Set-PSDebug", "Trace-Command", "Set-TraceSource", "Register-ArgumentCompleter",
        "Enable-ExperimentalFeature", "New-CimSession", "ncms",
    };

    // By these, code goes on running beside the session.
    private static readonly HashSet<string> Beside = new(StringComparer.OrdinalIgnoreCase) { "powershell", "runspacefactory", "Thread", "Timer" };

    /// <summary>The script block with what it refers to. Runs on the pipeline's thread.</summary>
    /// <param name="block">The script block.</param>
    /// <param name="caller">The session whose variables it refers to.</param>
    /// <param name="hasInput">Whether it is run for inputs.</param>
    /// <param name="bound">The parameters that the cmdlet was given: what is to be seen of the caller's side is to be written on the other.</param>
    internal static CommandScript Of(ScriptBlock block, SessionState caller, bool hasInput, IDictionary<string, object> bound)
    {
        ScriptBlockAst? body = block.Ast switch
        {
            ScriptBlockAst own => own,
            FunctionDefinitionAst function => function.Body,
            _ => null,
        };
        Hashtable preferences = [];
        foreach (string name in Shown.Where(name => bound.TryGetValue(name, out object? given) && given is SwitchParameter { IsPresent: true }))
        {
            preferences[$"{name}Preference"] = "Continue";
        }

        return new(block.ToString())
        {
            HasInput = hasInput,
            IsPiped = body is { ProcessBlock: not null } or { BeginBlock: not null },
            TakesArgument = body?.ParamBlock is not { Parameters.Count: 0, Attributes.Count: > 0 },
            MayLeaveTraces = block.Ast.Find(MayLeaveTraces, searchNestedScriptBlocks: true) is not null,
            NeedsToBeginWith = block.Ast.Find(static node => node is UsingStatementAst or TypeDefinitionAst, searchNestedScriptBlocks: true) is not null,
            UsingValues = UsingValues.Of(block, caller),
            Preferences = preferences,
            LargestResult = caller.PSVariable.GetValue("PSSessionOption") is PSSessionOption option ? option.MaximumReceivedObjectSize : SessionFlow.DefaultLargest,
        };
    }

    private static bool MayLeaveTraces(Ast node) => node switch
    {
        CommandAst command => command.GetCommandName() is { } name && Tracing.Contains(name[(name.LastIndexOf('\\') + 1)..]),
        TypeExpressionAst type => Beside.Contains(type.TypeName.Name[(type.TypeName.Name.LastIndexOf('.') + 1)..]),
        _ => false,
    };
}
