namespace OctoWorkers.Engine.Variables;

/// <summary>Puts variables into texts: what a run needs of the template language.</summary>
internal interface ITemplateText
{
    /// <summary>Evaluates a text.</summary>
    /// <param name="text">The text, perhaps with substitutions.</param>
    /// <param name="variables">The variables.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TemplateInvalid"/>.</exception>
    EvaluatedText Evaluate(string text, StepVariables variables);
}
