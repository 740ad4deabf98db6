using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>Addresses: their parts, and texts in them.</summary>
internal static class UriFilters
{
    // What an address as a whole may have beside letters and digits.
    private const string Allowed = "-_.!~*'();/?:@&=+$,#[]";

    internal static Filter[] All { get; } =
    [
        new("UriEscape", TextFilters.WithoutOptions(text => text == "null" ? "" : Escape(text))),
        new("UriDataEscape", TextFilters.WithoutOptions(text => text == "null" ? "" : Uri.EscapeDataString(text))),
        new("UriPart", Part),
    ];

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)unit;
            if (char.IsAsciiLetterOrDigit(c) || Allowed.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append(c);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        return escaped.ToString();
    }

    // What cannot be told stands in the result, as it does in Octopus.
    private static FilterResult Part(FilterInput input)
    {
        if (input.Options.Count == 0)
        {
            return "[UriPart error: no argument given]";
        }

        string part = input.Options[0];
        if (!Uri.TryCreate(input.Text, UriKind.RelativeOrAbsolute, out Uri? uri))
        {
            return $"[UriPart {part} error: this is not an address]";
        }

        // A path is an absolute address of a file on this platform alone.
        bool isAbsolute = uri.IsAbsoluteUri && !input.Text.StartsWith('/');
        string name = part.ToUpperInvariant();
        if (name == "ISABSOLUTEURI")
        {
            return Word(isAbsolute);
        }

        if (!isAbsolute && name is not "" && IsPart(name))
        {
            return $"[UriPart {part} error: This operation is not supported for a relative URI.]";
        }

        try
        {
            return (isAbsolute ? Of(uri, name) : null) ?? $"[UriPart {part} error: argument '{part}' not supported]";
        }
        catch (Exception failure) when (failure is UriFormatException or InvalidOperationException)
        {
            return $"[UriPart {part} error: the address has none]";
        }
    }

    private static bool IsPart(string name) => Of(new Uri("http://h"), name) is not null;

    private static string? Of(Uri uri, string name) => name switch
    {
        "ABSOLUTEPATH" or "PATH" => uri.AbsolutePath,
        "ABSOLUTEURI" => uri.AbsoluteUri,
        "AUTHORITY" => uri.Authority,
        "DNSSAFEHOST" => uri.DnsSafeHost,
        "FRAGMENT" => uri.Fragment,
        "HOST" => uri.Host,
        "HOSTANDPORT" => uri.GetComponents(UriComponents.HostAndPort, UriFormat.Unescaped),
        "HOSTNAMETYPE" => uri.HostNameType.ToString(),
        "ISDEFAULTPORT" => Word(uri.IsDefaultPort),
        "ISFILE" => Word(uri.IsFile),
        "ISLOOPBACK" => Word(uri.IsLoopback),
        "ISUNC" => Word(uri.IsUnc),
        "PATHANDQUERY" => uri.PathAndQuery,
        "PORT" => uri.Port.ToString(CultureInfo.InvariantCulture),
        "QUERY" => uri.Query,
        "SCHEME" => uri.Scheme,
        "SCHEMEANDSERVER" => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped),
        "USERINFO" => uri.UserInfo,
        _ => null,
    };

    private static string Word(bool holds) => holds ? "true" : "false";
}
