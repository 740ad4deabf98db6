using System.Text;

namespace OctoWorkers.Engine.Secrets;

/// <summary>
/// A text somewhere inside of what was encoded in base64: the characters that it alone determines, for each of the three places at which it may begin.
/// The characters beside them hold some of its bits; whoever masks takes them along, with the padding.
/// </summary>
internal static class Base64Forms
{
    public static IEnumerable<SecretPattern> Of(byte[] value)
    {
        for (int before = 0; before < 3; before++)
        {
            string encoded = Convert.ToBase64String([.. new byte[before], .. value]);
            int first = ((before * 8) + 5) / 6;
            int bits = (before + value.Length) * 8;
            string core = encoded[first..(bits / 6)];
            yield return Pattern(core);
            if (core.AsSpan().ContainsAny('+', '/'))
            {
                yield return Pattern(core.Replace('+', '-').Replace('/', '_'));
            }

            SecretPattern Pattern(string text) => new(Encoding.ASCII.GetBytes(text), before > 0, bits % 6 > 0);
        }
    }

    /// <summary>Whether a byte is a digit of base64, in either alphabet.</summary>
    public static bool IsDigit(byte one) => char.IsAsciiLetterOrDigit((char)one) || one is (byte)'+' or (byte)'/' or (byte)'-' or (byte)'_';
}
