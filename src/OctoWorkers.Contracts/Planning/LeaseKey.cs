using System.Globalization;
using System.Text;

namespace OctoWorkers;

/// <summary>
/// Within a run, steps with the same key share a worker: pool, the ordered package references, and the container image
/// (semantics, section 2).
/// </summary>
/// <param name="Text">The key in a form that is equal exactly when the keys are.</param>
public readonly record struct LeaseKey(string Text)
{
    /// <summary>The key of a step.</summary>
    /// <param name="pool">The pool it draws from.</param>
    /// <param name="packages">Its package references, in order.</param>
    /// <param name="image">Its container image, or null.</param>
    public static LeaseKey Of(WorkerPoolId pool, IReadOnlyList<PackageReference> packages, string? image = null)
    {
        ArgumentNullException.ThrowIfNull(packages);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{pool}");
        foreach (PackageReference package in packages)
        {
            Part(text, '+', package.Feed is null ? package.PackageId : $"{package.Feed}/{package.PackageId}");
        }

        if (image is not null)
        {
            Part(text, '@', image);
        }

        return new(text.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Ids compare without case; the escapes keep "a+b" apart from "a" followed by "b".
    private static void Part(StringBuilder text, char separator, string part)
        => text.Append(separator).Append(Uri.EscapeDataString(separator == '+' ? part.ToUpperInvariant() : part));
}
