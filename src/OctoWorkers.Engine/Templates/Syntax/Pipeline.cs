namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>A name and the filters that its value passes through.</summary>
/// <param name="Symbol">The name; null in <c>#{ | NowDate}</c>.</param>
/// <param name="Filters">The filters in their order.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
internal sealed record Pipeline(Symbol? Symbol, IReadOnlyList<FilterCall> Filters, int Start, int End);
