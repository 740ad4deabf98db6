using System.Globalization;

namespace OctoWorkers;

/// <summary>A place in a definitions file, written as <c>file:line:column</c>.</summary>
/// <param name="File">The file's path, as the user gave it (or below a folder that the user gave).</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
