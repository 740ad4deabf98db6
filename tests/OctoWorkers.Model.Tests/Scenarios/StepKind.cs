namespace OctoWorkers.Model.Tests.Scenarios;

/// <summary>What a step of a scenario does.</summary>
internal enum StepKind
{
    /// <summary>It runs a script on a worker.</summary>
    Script,

    /// <summary>It runs another runbook.</summary>
    Child,

    /// <summary>It asks a person.</summary>
    Manual,
}
