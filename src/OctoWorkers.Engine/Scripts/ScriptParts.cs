namespace OctoWorkers.Engine.Scripts;

/// <summary>What of a script becomes a file on the worker, and what never does.</summary>
/// <param name="Script">The file's bytes; no secret is in them.</param>
/// <param name="Input">What the interpreter reads from its descriptor 3; without NUL.</param>
internal readonly record struct ScriptParts(ReadOnlyMemory<byte> Script, ReadOnlyMemory<byte> Input);
