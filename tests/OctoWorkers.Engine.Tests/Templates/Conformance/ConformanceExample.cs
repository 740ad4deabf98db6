namespace OctoWorkers.Engine.Tests.Templates.Conformance;

/// <summary>A template with the text that it must give.</summary>
internal sealed record ConformanceExample(
    string Name, string Template, IReadOnlyList<KeyValuePair<string, string>> Variables, string Expected, bool Trim);
