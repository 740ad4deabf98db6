namespace OctoWorkers;

/// <summary>How grave log levels are, for those who want only the graver ones.</summary>
public static class LogSeverity
{
    // What is worth a look stands above what is merely printed; waiting is printed.
    private static readonly LogLevel[][] Rising =
        [[LogLevel.Verbose], [LogLevel.Information, LogLevel.Wait], [LogLevel.Highlight], [LogLevel.Warning], [LogLevel.Error], [LogLevel.Fatal]];

    /// <summary>
    /// Whether a level is as grave as another, or graver: <c>Verbose</c>, then <c>Information</c> and <c>Wait</c> alike, <c>Highlight</c>, <c>Warning</c>,
    /// <c>Error</c>, <c>Fatal</c>.
    /// </summary>
    /// <param name="level">The level of a line.</param>
    /// <param name="least">The least grave one that is wanted.</param>
    public static bool IsAtLeast(this LogLevel level, LogLevel least) => Rank(level) >= Rank(least);

    private static int Rank(LogLevel level) => Array.FindIndex(Rising, alike => alike.Contains(level));
}
