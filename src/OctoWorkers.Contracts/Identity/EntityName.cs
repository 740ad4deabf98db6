using System.Globalization;

namespace OctoWorkers;

/// <summary>
/// What may be the name of an environment, pool, worker, runbook, step or package: 1 to 200 characters, no control characters,
/// no unpaired surrogates, no space at either end. Quotes, <c>$()</c> and emoji are fine: a name is never shell text. Names are compared without case.
/// </summary>
public static class EntityName
{
    /// <summary>The most characters (UTF-16 code units) a name may have.</summary>
    public const int MaxLength = 200;

    /// <summary>How names are compared.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    /// <param name="name">The name to look at; null counts as missing.</param>
    public static string? Problem(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "a name must have at least one visible character";
        }

        if (name.Length > MaxLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"a name may have at most {MaxLength} characters, this one has {name.Length}");
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"a name may not hold control characters, this one has U+{(int)name[i]:X4} at position {i + 1}");
            }

            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(name[i]))
            {
                return "a name may not hold half of a surrogate pair";
            }
        }

        return char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]) ? "a name may not begin or end with a space" : null;
    }

    /// <summary>Returns the name when it is valid.</summary>
    /// <param name="name">The name to check.</param>
    /// <param name="what">What it names, for the message: "worker", "step".</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is not.</exception>
    public static string Require(string? name, string what)
        => Problem(name) is { } problem
            ? throw new OctoWorkersException(EngineError.InvalidDefinition, $"The {what} has no usable name: {problem}.", name)
            : name!;
}
