namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary><c>#{if}…#{elseif}…#{else}…#{/if}</c> and <c>#{unless}…#{else}…#{/unless}</c></summary>
/// <param name="Branches">The branches in their order; the first whose condition holds counts.</param>
/// <param name="Otherwise">What counts when none holds.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
internal sealed record ConditionNode(IReadOnlyList<ConditionBranch> Branches, IReadOnlyList<TemplateNode> Otherwise, int Start, int End)
    : TemplateNode(Start, End);
