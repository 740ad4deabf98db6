using Newtonsoft.Json.Linq;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>What the variable of a loop stands for.</summary>
/// <param name="Text">Its text: an index, an element of a list, or the key of a JSON member.</param>
/// <param name="Path">The name that it is short for, as in <c>List[a]</c>; null when it is a value.</param>
/// <param name="Json">The JSON element or member; null when it is none.</param>
/// <param name="IsEvaluated">Whether its texts are results; else they are templates.</param>
internal sealed record LoopItem(string Text, string? Path, JToken? Json, bool IsEvaluated);
