namespace OctoWorkers.Cli.Output;

/// <summary>How a text is meant, for those who see colours.</summary>
internal enum Tone
{
    /// <summary>Like any other.</summary>
    Plain,

    /// <summary>Beside the point.</summary>
    Faint,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Wrong.</summary>
    Bad,
}
