using System.Globalization;
using System.Text;

namespace OctoWorkers.Cli.Output;

/// <summary>
/// Writes JSON on, with DEL and the C1 control characters escaped: JSON allows them as they are, terminals act on them. They can only stand
/// within strings, where an escape means the same.
/// </summary>
/// <param name="inner">Where it goes; left open.</param>
internal sealed class ControlEscapingWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    private const char First = '\u007f';
    private const char Last = '\u009f';

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value is >= First and <= Last)
        {
            inner.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)value:x4}"));
        }
        else
        {
            inner.Write(value);
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        for (int at; (at = buffer.IndexOfAnyInRange(First, Last)) >= 0; buffer = buffer[(at + 1)..])
        {
            inner.Write(buffer[..at]);
            Write(buffer[at]);
        }

        inner.Write(buffer);
    }

    public override void Flush() => inner.Flush();
}
