using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Commands;

/// <summary>The variables of a command, its secrets opened: in memory only, for as long as it runs. Any thread may use it.</summary>
public sealed class CommandVariables
{
    private readonly RunRequest request;
    private readonly ISecretProtector protector;
    private readonly ITemplateText text;
    private readonly RunSecrets secrets;

    internal CommandVariables(RunRequest request, ISecretProtector protector, ITemplateText text)
    {
        this.request = request;
        this.protector = protector;
        this.text = text;
        secrets = RunSecrets.Of(request, protector);
    }

    /// <summary>What a worker sees: texts by name.</summary>
    /// <param name="worker">The worker.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>, <see cref="EngineError.SecretUnreadable"/>.</exception>
    public IReadOnlyDictionary<string, string> Of(WorkerRecord worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        IEnumerable<(string Name, string Value)> system = SystemVariables.Of(request)
            .Where(own => !own.Name.StartsWith("Octopus.Runbook.", StringComparison.Ordinal) && !own.Name.StartsWith("Octopus.Task.", StringComparison.Ordinal))
            .Concat(SystemVariables.Of(worker));
        IReadOnlyList<ResolvedVariable> resolved = VariableResolver.Resolve(
            RunSources.Of(request).Concat(system.Select(own => new SourcedVariable(VariableSource.System, "the engine", VariableDefinition.Kept(own.Name, own.Value)))),
            ScopeContext.Of(request) with { Machine = worker.Name });
        StepVariables variables = StepVariables.Open(resolved, protector.Open);
        return variables.Values.ToDictionary(variable => variable.Key, variable => Evaluated(variable.Value, variables), EntityName.Comparer);
    }

    /// <summary>A text without the secrets among the variables.</summary>
    /// <param name="value">The text.</param>
    public string Mask(string value) => secrets.Mask(value);

    // A value of its own that cannot be evaluated is nobody's concern who does not use it.
    private string Evaluated(string value, StepVariables variables)
    {
        try
        {
            return text.Evaluate(value, variables).Text;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.TemplateInvalid)
        {
            return value;
        }
    }
}
