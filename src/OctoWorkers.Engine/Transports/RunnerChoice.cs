namespace OctoWorkers.Engine.Transports;

/// <summary>Which runner a transport starts on a worker.</summary>
internal enum RunnerChoice
{
    /// <summary><c>perl</c> where there is one, otherwise <c>sh</c>.</summary>
    Automatic,
    /// <summary>Only <c>perl</c>.</summary>
    Perl,
    /// <summary>Only <c>sh</c>.</summary>
    Shell,
}
