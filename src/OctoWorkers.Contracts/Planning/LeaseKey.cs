using System.Globalization;
using System.Text;

namespace OctoWorkers;

/// <summary>
/// Within a run, steps with the same key share a worker: pool, the ordered package references, and the container image
/// (semantics, section 2). Feeds and package ids compare without case, images with it.
/// </summary>
/// <param name="Text">The key in a form that is equal exactly when the keys are: <c>WorkerPools-1+FEED/PACKAGE@image</c>.</param>
public readonly record struct LeaseKey(string Text)
{
    /// <summary>The key of a step.</summary>
    /// <param name="pool">The pool it draws from.</param>
    /// <param name="packages">Its package references, in order.</param>
    /// <param name="image">Its container image, or null.</param>
    public static LeaseKey Of(WorkerPoolId pool, IReadOnlyList<PackageReference> packages, string? image = null)
    {
        ArgumentNullException.ThrowIfNull(packages);
        StringBuilder text = new(pool.ToString());
        foreach (PackageReference package in packages)
        {
            text.Append('+');
            if (package.Feed is not null)
            {
                Append(text, package.Feed.ToUpperInvariant());
                text.Append('/');
            }

            Append(text, package.PackageId.ToUpperInvariant());
        }

        if (image is not null)
        {
            text.Append('@');
            Append(text, image);
        }

        return new(text.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Whatever could be taken for a separator is escaped, so that "a+b" is not "a" followed by "b", nor "a/b" the package b of feed a. Each
    // UTF-16 code unit has an escape of its own: no two texts become one, and the key survives every encoding.
    private static void Append(StringBuilder text, string part)
    {
        foreach (char unit in part)
        {
            if (char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-' or '_' or ':')
            {
                text.Append(unit);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{(int)unit:X4}");
            }
        }
    }
}
