namespace OctoWorkers.Engine.Runs;

/// <summary>Tells output variables apart: names and machines compare without regard to case.</summary>
internal readonly record struct OutputKey
{
    private OutputKey(int step, string machine, string name) => (Step, Machine, Name) = (step, machine, name);

    private int Step { get; }

    private string Machine { get; }

    private string Name { get; }

    public static OutputKey Of(OutputVariableSet output)
        => new(output.Step, output.Machine?.ToUpperInvariant() ?? "", output.Name.ToUpperInvariant());
}
