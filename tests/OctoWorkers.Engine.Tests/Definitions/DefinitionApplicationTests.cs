using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class DefinitionApplicationTests
{
    private static readonly StoredDefinitions Nothing = new([], [new(new(1), WorkerPoolDefinition.DefaultName, "", true, [])], [], []);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAStoreThatOthersChange_WhenDefinitionsAreApplied_ThenWhatIsThereWhenTheyAreStoredCounts()
    {
        DefinitionSet files = await DefinitionFolder.ReadTextAsync("environments: [{ name: Test }, { name: Production }]");
        RacingDefinitionStore store = new(Nothing, Nothing with { Environments = [new(new(1), "Test", "")] });
        IReadOnlyList<DefinitionChange> changes = await DefinitionApplication.ApplyAsync(store, files, TimeProvider.System, Stop);
        Assert.Equal(
            [new(DefinitionKind.Environment, "Test", ChangeKind.Unchanged), new DefinitionChange(DefinitionKind.Environment, "Production", ChangeKind.Added)],
            changes);
        Assert.Equal(["Production"], store.Put!.Environments.Select(environment => environment.Name));
    }

    [Fact]
    public async Task GivenWhatTheFilesReferTo_WhenItIsRemovedMeanwhile_ThenNothingIsStored()
    {
        DefinitionSet files = await DefinitionFolder.ReadTextAsync("workers: [{ name: w, pools: [Setup], connection: local }]");
        RacingDefinitionStore store = new(Nothing with { Pools = [.. Nothing.Pools, new(new(2), "Setup", "", false, [])] }, Nothing);
        await Assert.ThrowsAsync<InvalidDefinitionsException>(() => DefinitionApplication.ApplyAsync(store, files, TimeProvider.System, Stop));
        Assert.Null(store.Put);
    }

    [Fact]
    public async Task GivenWhatIsThereAlready_WhenItIsApplied_ThenTheStoreIsNotAskedToChange()
    {
        DefinitionSet files = await DefinitionFolder.ReadTextAsync("environments: [{ name: Test }]");
        RacingDefinitionStore store = new(Nothing with { Environments = [new(new(1), "Test", "")] }, Nothing);
        DefinitionChange change = Assert.Single(await DefinitionApplication.ApplyAsync(store, files, TimeProvider.System, Stop));
        Assert.Equal(ChangeKind.Unchanged, change.Change);
        Assert.Null(store.Put);
    }
}
