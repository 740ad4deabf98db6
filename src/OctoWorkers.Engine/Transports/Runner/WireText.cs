using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>How words are written on the channel.</summary>
internal static class WireText
{
    /// <summary>Reads a percent-encoded word; what is no UTF-8 is replaced.</summary>
    internal static string Decode(string word)
    {
        if (!word.Contains('%'))
        {
            return word;
        }

        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(word.Length)];
        int length = 0;
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] == '%' && i + 2 < word.Length && char.IsAsciiHexDigit(word[i + 1]) && char.IsAsciiHexDigit(word[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(word.AsSpan(i + 1, 2))[0];
                i += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(word.AsSpan(i, 1), bytes.AsSpan(length));
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Checks a run or a ticket: letters, digits and '-', at most 64.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static string Name(string name, string what)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, $"The {what} '{name}' is not made of 1 to 64 letters, digits and '-'.", name);
        }

        return name;
    }
}
