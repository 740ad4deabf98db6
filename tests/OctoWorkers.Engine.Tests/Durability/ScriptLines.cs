namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>What one attempt of a script prints.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Output">Lines of its standard output.</param>
/// <param name="Error">Lines of its standard error.</param>
internal sealed record ScriptLines(long Run, int Step, int Attempt, IReadOnlyList<string> Output, IReadOnlyList<string> Error)
{
    public string Ticket => $"{Run}-{Step}-{Attempt}";
}
