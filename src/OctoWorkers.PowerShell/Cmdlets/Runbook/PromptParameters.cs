using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Security;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>
/// What a runbook prompts for, as dynamic parameters: named like the variables, as far as they can be typed. None is mandatory, so that nothing ever waits for
/// an answer; the engine names what is missing.
/// </summary>
internal sealed class PromptParameters : RuntimeDefinedParameterDictionary
{
    /// <summary>Whoever types does not wait longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "Name", "Runbook", "Environment", "Tenant", "Variable", "SkipStep", "AsJob", "WhatIf", "Confirm", "Verbose", "Debug", "ErrorAction", "WarningAction",
        "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable",
    };

    private readonly Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values that were given.</summary>
    internal IEnumerable<VariableDefinition> Given
        => Values.Where(parameter => parameter.IsSet).SelectMany(parameter => GivenVariables.Of(variables[parameter.Name], parameter.Value));

    /// <summary>The parameters of a runbook; null when there is no such runbook, or it cannot be read now: the command itself will say so.</summary>
    internal static PromptParameters? Of(string runbook)
    {
        try
        {
            using CancellationTokenSource enough = new(Patience);
            return Task.Run(() => ReadAsync(runbook, enough.Token)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OctoWorkersException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<PromptParameters?> ReadAsync(string runbook, CancellationToken cancellationToken)
    {
        EngineSession session = await OpenSessions.CurrentAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        RunbookDefinition? found = runbooks.FirstOrDefault(one => EntityName.Comparer.Equals(one.Definition.Name, runbook))?.Definition;
        if (found is null)
        {
            return null;
        }

        PromptParameters parameters = [];
        foreach (PromptedVariable prompt in found.Prompts)
        {
            parameters.Add(prompt);
        }

        return parameters;
    }

    private void Add(PromptedVariable prompt)
    {
        string name = string.Concat(prompt.Name.Where(c => char.IsLetterOrDigit(c) || c == '_'));
        if (name.Length == 0 || char.IsDigit(name[0]) || Taken.Contains(name) || !variables.TryAdd(name, prompt.Name))
        {
            // It can still be given with -Variable.
            return;
        }

        Collection<Attribute> attributes = [new ParameterAttribute { HelpMessage = prompt.Label ?? prompt.Name }];
        if (prompt.Options.Count > 0)
        {
            attributes.Add(new ValidateSetAttribute([.. prompt.Options.Select(option => option.Value)]));
        }

        Type type = prompt.Control switch
        {
            PromptControl.Sensitive => typeof(SecureString),
            PromptControl.Checkbox => typeof(SwitchParameter),
            _ => typeof(string),
        };
        Add(name, new RuntimeDefinedParameter(name, type, attributes));
    }
}
