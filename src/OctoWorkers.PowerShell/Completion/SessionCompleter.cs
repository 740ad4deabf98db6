using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes names of what this session has, by the command that lists them.</summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    /// <summary>The script that writes the names.</summary>
    protected abstract string Script { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern pattern = new(WildcardPattern.Escape((wordToComplete ?? "").Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return [.. shell.AddScript(Script).Invoke<string>().Where(pattern.IsMatch).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, name))];
    }
}
