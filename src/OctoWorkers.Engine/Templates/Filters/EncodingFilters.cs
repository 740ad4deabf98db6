using System.Text;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>Base64.</summary>
internal static class EncodingFilters
{
    internal static Filter[] All { get; } =
    [
        new("ToBase64", input => Encoding(input, (encoding, text) => Convert.ToBase64String(encoding.GetBytes(text)))),
        new("FromBase64", input => Encoding(input, (encoding, text) =>
            Bytes(text) is { } bytes ? encoding.GetString(bytes) : FilterResult.Fail("was given something that is no Base64"))),
    ];

    /// <summary>The encoding of that name: utf8 or utf-8, or unicode for UTF-16; null for any other.</summary>
    internal static Encoding? Named(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF-8" => System.Text.Encoding.UTF8,
        "UNICODE" => System.Text.Encoding.Unicode,
        _ => null,
    };

    /// <summary>What Base64 stands for; null when it is none.</summary>
    internal static byte[]? Bytes(string text)
    {
        byte[] bytes = new byte[((text.Length / 4) + 1) * 3];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }

    private static FilterResult Encoding(FilterInput input, Func<Encoding, string, FilterResult> use) => input.Options switch
    {
        [] => use(System.Text.Encoding.UTF8, input.Text),
        [var name] when Named(name) is { } encoding => use(encoding, input.Text),
        [_] => FilterResult.Fail("takes the option utf8 or unicode, or none"),
        _ => TextFilters.TooManyOptions,
    };
}
