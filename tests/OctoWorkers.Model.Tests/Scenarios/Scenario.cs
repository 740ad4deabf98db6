using System.Globalization;
using OctoWorkers.Model.Tests.Operations;

namespace OctoWorkers.Model.Tests.Scenarios;

/// <summary>Runbooks, and what happens: it is wholly made from its seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="TaskCap">How many runs execute at once.</param>
/// <param name="Runbooks">The runbooks.</param>
/// <param name="Operations">What happens, in order.</param>
internal sealed record Scenario(int Seed, int TaskCap, IReadOnlyList<RunbookSpec> Runbooks, IReadOnlyList<Operation> Operations)
{
    public override string ToString()
        => string.Join(
            '\n',
            [
                string.Create(CultureInfo.InvariantCulture, $"Seed {Seed}, task cap {TaskCap}"),
                .. Runbooks.Select((runbook, place) => $"  {RunbookSpec.NameOf(place)} {runbook}"),
                .. Operations.Select((operation, index) => string.Create(CultureInfo.InvariantCulture, $"  {index + 1,2}. {operation}")),
            ]);
}
