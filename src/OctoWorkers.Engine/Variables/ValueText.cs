using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Variables;

/// <summary>Texts that are given as bytes: in files and on standard input. They are UTF-8; nothing is replaced without a word.</summary>
public static class ValueText
{
    /// <summary>A value: the text without a byte order mark, and without the end of its last line, which editors and <c>echo</c> write.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="source">Where they are from, for the message: <c>--value-file: the file 'x'</c>.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: they are not UTF-8. It names the first such byte and its offset.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string source)
        => TryDecode(bytes, out string problem) is { } text
            ? WithoutLastLineEnd(text)
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"{source} {problem}.", source);

    /// <summary>The whole text, without a byte order mark; null when the bytes are not UTF-8.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="problem">What is wrong with them, after "the file".</param>
    public static string? TryDecode(ReadOnlySpan<byte> bytes, out string problem)
    {
        TextFile decoded = TextFile.Decode(bytes);
        problem = decoded.Problem ?? "";
        return decoded.Problem is null ? decoded.Text : null;
    }

    /// <summary>A text without the end of its last line.</summary>
    internal static string WithoutLastLineEnd(string text)
        => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
