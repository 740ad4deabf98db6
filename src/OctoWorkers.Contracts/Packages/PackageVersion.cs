using System.Globalization;
using System.Numerics;

namespace OctoWorkers;

/// <summary>
/// A package's version: one to four numbers, and perhaps a prerelease (<c>-beta.2</c>) and build metadata (<c>+5114f85</c>). Versions are ordered as SemVer 2
/// orders them; a number that is not written is 0, and metadata does not count, so that <c>1.2</c> and <c>1.2.0+a</c> are the same version.
/// </summary>
public sealed class PackageVersion : IComparable<PackageVersion>, IEquatable<PackageVersion>
{
    private const int MaxLength = 128;
    private const int Numbers = 4;
    private readonly BigInteger[] numbers;
    private readonly string[] prerelease;

    private PackageVersion(string text, BigInteger[] numbers, string[] prerelease)
    {
        Text = text;
        this.numbers = numbers;
        this.prerelease = prerelease;
    }

    /// <summary>The version as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it comes before the release of the same numbers.</summary>
    public bool IsPrerelease => prerelease.Length > 0;

    /// <summary>A form that is equal exactly when the versions are.</summary>
    public string Key
        => string.Join('.', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))
            + (IsPrerelease ? $"-{string.Join('.', prerelease).ToUpperInvariant()}" : "");

    /// <summary>Whether versions are equal.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(PackageVersion? left, PackageVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether versions differ.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(PackageVersion? left, PackageVersion? right) => !(left == right);

    /// <summary>Whether the first is older.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(PackageVersion? left, PackageVersion? right) => Compare(left, right) < 0;

    /// <summary>Whether the first is not newer.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(PackageVersion? left, PackageVersion? right) => Compare(left, right) <= 0;

    /// <summary>Whether the first is newer.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(PackageVersion? left, PackageVersion? right) => Compare(left, right) > 0;

    /// <summary>Whether the first is not older.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(PackageVersion? left, PackageVersion? right) => Compare(left, right) >= 0;

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>Null when it is no version.</returns>
    public static PackageVersion? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
        {
            return null;
        }

        int plus = text.IndexOf('+', StringComparison.Ordinal);
        string version = plus < 0 ? text : text[..plus];
        int dash = version.IndexOf('-', StringComparison.Ordinal);
        string[] numbers = (dash < 0 ? version : version[..dash]).Split('.');
        string[] prerelease = dash < 0 ? [] : version[(dash + 1)..].Split('.');
        bool isMetadata = plus < 0 || text[(plus + 1)..].Split('.').All(IsIdentifier);
        return isMetadata && numbers.Length <= Numbers && numbers.All(IsNumber) && prerelease.All(IsIdentifier)
            ? new(text, [.. numbers.Select(Number), .. Enumerable.Repeat(BigInteger.Zero, Numbers - numbers.Length)], prerelease)
            : null;
    }

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is no version.</exception>
    public static PackageVersion Parse(string text)
        => TryParse(text) ?? throw new OctoWorkersException(
            EngineError.InvalidDefinition,
            $"'{text}' is no version of a package: expected one to four numbers, such as '1.2.3', '1.2.3-beta.1' or '2024.1.0.7'.", text);

    /// <inheritdoc/>
    public int CompareTo(PackageVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        for (int i = 0; i < Numbers; i++)
        {
            if (numbers[i].CompareTo(other.numbers[i]) is var order and not 0)
            {
                return order;
            }
        }

        return IsPrerelease && other.IsPrerelease ? Prerelease(prerelease, other.prerelease) : other.IsPrerelease.CompareTo(IsPrerelease);
    }

    /// <inheritdoc/>
    public bool Equals(PackageVersion? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PackageVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static int Compare(PackageVersion? left, PackageVersion? right)
        => left is null ? right is null ? 0 : -1 : left.CompareTo(right);

    // Numbers come before words and are compared as numbers; of two that are alike so far, the longer one is newer.
    private static int Prerelease(string[] left, string[] right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            bool isNumber = IsNumber(left[i]);
            int order = isNumber && IsNumber(right[i]) ? Number(left[i]).CompareTo(Number(right[i]))
                : isNumber != IsNumber(right[i]) ? (isNumber ? -1 : 1)
                : string.CompareOrdinal(left[i].ToUpperInvariant(), right[i].ToUpperInvariant());
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static bool IsNumber(string part) => part.Length > 0 && part.All(char.IsAsciiDigit);

    private static bool IsIdentifier(string part) => part.Length > 0 && part.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-');

    private static BigInteger Number(string part) => BigInteger.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);
}
