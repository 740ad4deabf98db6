using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>The script of a step with its variables put in, made when the attempt is about to start.</summary>
/// <param name="run">The run.</param>
/// <param name="state">Its state when the attempt began: what the steps before have set.</param>
/// <param name="number">The number of the step, or of its part for a deployment target.</param>
/// <param name="machine">The step's worker, or the deployment target that it is for.</param>
/// <param name="services">Evaluates templates and opens secrets.</param>
/// <param name="secrets">The run's secrets; those that the step can see are masked from here on.</param>
internal sealed class StepScript(RunRecord run, RunState state, int number, WorkerRecord machine, RunServices services, RunSecrets secrets)
{
    private StepDefinition Step => state.Step(number).Definition;

    /// <summary>The folders that its packages are in on the worker, by the names of their references.</summary>
    public IReadOnlyDictionary<string, string> PackageFolders { get; set; } = new Dictionary<string, string>();

    /// <summary>Names in its texts that were not there, in order.</summary>
    public IReadOnlyList<string> Unresolved { get; private set; } = [];

    /// <summary>Makes the script.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.TemplateInvalid"/>, <see cref="EngineError.VariableConflict"/>, <see cref="EngineError.SecretUnreadable"/>;
    /// <see cref="EngineError.InvalidDefinition"/> when a secret would stand on a command line or in an environment.
    /// </exception>
    public ScriptSource Compose()
    {
        ScriptAction script = (ScriptAction)Step.Action;
        if (ScriptInterpreters.IsPlain(script) && ComposePlain(script) is { } plain)
        {
            return plain;
        }

        StepVariables variables = StepVariables.Open(RunVariables.Of(run, state, number, machine, PackageFolders), services.Secrets.Open);
        foreach (string name in variables.Sensitive)
        {
            secrets.Add(variables.Values[name]);
        }

        List<string> unresolved = [];
        EvaluatedText Evaluated(string text)
        {
            EvaluatedText result = services.Text.Evaluate(text, variables);
            unresolved.AddRange(result.Unresolved);
            return result;
        }

        string Public(string text, string place)
        {
            EvaluatedText result = Evaluated(text);
            return result.IsSensitive ? throw Exposed(place) : result.Text;
        }

        EvaluatedText body = Evaluated(script.Body);
        ScriptSource source = new(script.Syntax, body.Text)
        {
            HoldsSecret = body.IsSensitive,
            Arguments = [.. script.Arguments.Select((argument, index) => Public(argument, $"argument {index + 1}"))],
            Environment = script.Environment.ToDictionary(
                variable => variable.Key, variable => Public(variable.Value, $"environment variable '{variable.Key}'"), StringComparer.Ordinal),
            Modules = [.. script.Modules.Select(Module).Select(module => new ScriptModule(module.Name, module.Syntax, Evaluated(module.Body).Text))],
            Variables = variables.Values.ToDictionary(variable => variable.Key, variable => Value(variable.Value, variables), EntityName.Comparer),
        };
        Unresolved = [.. unresolved.Distinct(EntityName.Comparer)];
        return source;
    }

    // It sees no variables; but what is wrong with them is wrong with the step, and what is secret in them is masked, as if it did. Null: one may be such that
    // the language cannot hold it, which is found out by handing it over.
    private ScriptSource? ComposePlain(ScriptAction script)
    {
        bool isOdd = false;
        foreach (VariableDefinition defined in RunVariables.Defined(run, state, number, machine).Select(variable => variable.Winner.Definition))
        {
            string value = defined.Sealed is { } secret ? services.Secrets.Open(secret) : defined.Value ?? "";
            isOdd |= value.Contains('\0') || defined.Name.Contains('\0');
            if (defined.Kind == VariableKind.Sensitive)
            {
                secrets.Add(value);
            }
        }

        return isOdd ? null : new(script.Syntax, script.Body) { IsPlain = true, Arguments = script.Arguments, Environment = script.Environment };
    }

    // A value of its own that cannot be evaluated is nobody's concern who does not use it.
    private string Value(string text, StepVariables variables)
    {
        try
        {
            return services.Text.Evaluate(text, variables).Text;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.TemplateInvalid)
        {
            return text;
        }
    }

    private ScriptModule Module(string name)
        => run.Request.Modules.FirstOrDefault(module => EntityName.Comparer.Equals(module.Name, name))
            ?? throw new OctoWorkersException(EngineError.ScriptModuleNotFound, $"Step '{Step.Name}' uses the script module '{name}', and there is none of that name.", name);

    private OctoWorkersException Exposed(string place) => new(
        EngineError.InvalidDefinition,
        $"A secret was put into {place} of step '{Step.Name}', where every process of the worker could read it. "
        + "Let the script read the variable itself, for example with get_octopusvariable.",
        Step.Name);
}
