using System.Text;

namespace OctoWorkers;

/// <summary>One value of a variable. A variable may have several, each with a scope of its own.</summary>
public sealed record VariableDefinition
{
    /// <summary>The longest name of a variable, in characters.</summary>
    public const int MaxNameLength = 10_240;

    private VariableDefinition(string name, VariableKind kind)
    {
        Name = Checked(name);
        Kind = kind;
    }

    /// <summary>The variable's name, as it was written; names compare without regard to case.</summary>
    public string Name { get; }

    /// <summary>What the value is.</summary>
    public VariableKind Kind { get; }

    /// <summary>The value: text, or a pool's name. Of a sensitive one only until it is sealed, and null from then on.</summary>
    public string? Value { get; private init; }

    /// <summary>The value of a sensitive one once it is sealed; null otherwise.</summary>
    public SealedText? Sealed { get; private init; }

    /// <summary>Where it applies.</summary>
    public VariableScope Scope { get; init; } = VariableScope.Unscoped;

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";

    /// <summary>A value that everybody may read.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">The value; it may hold templates.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name or the value is not usable.</exception>
    public static VariableDefinition Text(string name, string value) => new(name, VariableKind.Text) { Value = VariableText.Require(name, value) };

    /// <summary>A value as it is kept, or as a script set it: taken as it stands, since nobody can be told to give another.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public static VariableDefinition Kept(string name, string value) => new(name, VariableKind.Text) { Value = value };

    /// <summary>A sensitive value that is not sealed yet: no store takes it.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">The secret, of at least four characters: shorter ones cannot be masked (semantics, section 5).</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name or the value is not usable.</exception>
    public static VariableDefinition Sensitive(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length > 3 && !string.IsNullOrWhiteSpace(value)
            ? new(name, VariableKind.Sensitive) { Value = VariableText.Require(name, value) }
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition,
                $"The sensitive value of variable '{name}' has three characters or less, or nothing but spaces, and could not be masked. Give a longer one, or do not mark it as sensitive.",
                name);
    }

    /// <summary>A sensitive value as it is kept.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">The sealed secret.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public static VariableDefinition Sensitive(string name, SealedText value) => new(name, VariableKind.Sensitive) { Sealed = value };

    /// <summary>A worker-pool variable's value (semantics, section 2).</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="pool">The pool's name.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidDefinition"/> when a name is not usable.
    /// </exception>
    public static VariableDefinition WorkerPool(string name, string pool)
        => new(name, VariableKind.WorkerPool) { Value = EntityName.Require(pool, "worker pool") };

    /// <summary>The same with its secret sealed; itself when there is nothing to seal.</summary>
    /// <param name="seal">Encrypts a text.</param>
    public VariableDefinition Seal(Func<string, SealedText> seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return Kind == VariableKind.Sensitive && Value is { } secret ? this with { Value = null, Sealed = seal(secret) } : this;
    }

    private static string Checked(string name)
    {
        string? problem = string.IsNullOrWhiteSpace(name) ? "is empty"
            : name.Length > MaxNameLength ? $"has {name.Length} characters, more than {MaxNameLength}"
            : name.Contains('\0', StringComparison.Ordinal) ? "holds a NUL character"
            : null;
        return problem is null
            ? name
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The name of a variable {problem}. Give it another.", name);
    }

    // No secret is printed because somebody printed the record.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name).Append(", Kind = ").Append(Kind);
        if (Kind != VariableKind.Sensitive)
        {
            builder.Append(", Value = ").Append(Value);
        }

        builder.Append(", Scope = ").Append(Scope);
        return true;
    }
}
