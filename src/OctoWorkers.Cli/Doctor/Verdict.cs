namespace OctoWorkers.Cli.Doctor;

/// <summary>What doctor thinks of something.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but look at it.</summary>
    Warning,

    /// <summary>Something will not work.</summary>
    Problem,
}
