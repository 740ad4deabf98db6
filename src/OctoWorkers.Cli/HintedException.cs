namespace OctoWorkers.Cli;

/// <summary>An expected failure, and what may help beside its remedy.</summary>
/// <param name="failure">The failure.</param>
/// <param name="hint">A sentence.</param>
internal sealed class HintedException(OctoWorkersException failure, string hint) : Exception(failure.Message, failure)
{
    /// <summary>The failure.</summary>
    internal OctoWorkersException Failure => failure;

    /// <summary>What may help.</summary>
    internal string Hint => hint;
}
