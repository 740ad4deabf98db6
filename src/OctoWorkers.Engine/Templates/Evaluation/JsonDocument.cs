using Newtonsoft.Json.Linq;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>A JSON object or array in a value.</summary>
/// <param name="Json">The object or array.</param>
/// <param name="IsEvaluated">Whether its texts are results; else they are templates.</param>
internal sealed record JsonDocument(JContainer Json, bool IsEvaluated);
