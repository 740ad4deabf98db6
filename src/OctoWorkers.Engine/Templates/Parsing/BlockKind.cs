namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>What a block begins with.</summary>
internal enum BlockKind
{
    /// <summary><c>#{if}</c></summary>
    If,
    /// <summary><c>#{unless}</c></summary>
    Unless,
    /// <summary><c>#{each}</c></summary>
    Each,
}
