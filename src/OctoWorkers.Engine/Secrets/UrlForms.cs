using System.Text;

namespace OctoWorkers.Engine.Secrets;

/// <summary>A text as part of an address. Programs differ in what they leave as it is, and in the case of their digits.</summary>
internal static class UrlForms
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    // The standard; Python's quote; the browsers' encodeURIComponent and encodeURI; HTML forms, and the browsers' own.
    private static readonly string[] Kept =
    [
        Unreserved, Unreserved + "/", Unreserved + "!'()*", Unreserved + "!'()*;/?:@&=+$,#", Unreserved.Replace("~", "", StringComparison.Ordinal),
        Unreserved.Replace("~", "*", StringComparison.Ordinal),
    ];

    public static IEnumerable<byte[]> Of(byte[] value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Encoding.ASCII.GetBytes(Unreserved)))
        {
            yield break;
        }

        foreach (string kept in Kept)
        {
            foreach (string digits in (string[])["0123456789ABCDEF", "0123456789abcdef"])
            {
                string[] written = [.. Enumerable.Range(0, 256).Select(one => kept.Contains((char)one, StringComparison.Ordinal)
                    ? ((char)one).ToString()
                    : $"%{digits[one >> 4]}{digits[one & 15]}")];
                yield return Escape(value, written);
                if (value.AsSpan().Contains((byte)' '))
                {
                    written[' '] = "+";
                    yield return Escape(value, written);
                }
            }
        }
    }

    private static byte[] Escape(byte[] value, string[] written)
    {
        StringBuilder escaped = new(value.Length * 2);
        foreach (byte one in value)
        {
            escaped.Append(written[one]);
        }

        return Encoding.ASCII.GetBytes(escaped.ToString());
    }
}
