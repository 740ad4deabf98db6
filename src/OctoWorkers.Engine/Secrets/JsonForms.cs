using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Secrets;

/// <summary>A text inside a JSON text. Writers differ in what they escape beyond what they must, and in the case of their digits.</summary>
internal static class JsonForms
{
    // What must be escaped; the solidus too; ASCII only; what HTML could misread too, as .NET's own writer does.
    private static readonly Func<char, bool>[] Escaped =
    [
        _ => false,
        one => one == '/',
        one => one > '~',
        one => one > '~' || one == '/',
        one => one > '~' || "<>&'+`".Contains(one, StringComparison.Ordinal),
        one => "<>&'".Contains(one, StringComparison.Ordinal),
    ];

    public static IEnumerable<byte[]> Of(string value)
    {
        if (value.All(one => char.IsAsciiLetterOrDigit(one)))
        {
            yield break;
        }

        foreach (Func<char, bool> escaped in Escaped)
        {
            foreach (string digits in (string[])["x4", "X4"])
            {
                yield return Escape(value, escaped, digits, "\\\"");
                if (value.Contains('"', StringComparison.Ordinal))
                {
                    yield return Escape(value, escaped, digits, "\\u0022");
                }
            }
        }
    }

    private static byte[] Escape(string value, Func<char, bool> escaped, string digits, string quote)
    {
        StringBuilder text = new(value.Length * 2);
        foreach (char one in value)
        {
            string? known = one switch
            {
                '"' => quote,
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                '/' when escaped(one) => "\\/",
                _ => null,
            };
            if (known is not null)
            {
                text.Append(known);
            }
            else if (one < ' ' || escaped(one))
            {
                text.Append("\\u").Append(((int)one).ToString(digits, CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(one);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
