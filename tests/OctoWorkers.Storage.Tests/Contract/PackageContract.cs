using OctoWorkers.Engine.Packages;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class PackageContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenFeeds_WhenPutAndRemoved_ThenTheirIdsStayAndNamesAreComparedWithoutCase()
    {
        FeedRecord feed = await Store.PutFeedAsync(new("Nightly", "/srv/nightly"), true, Cancel);
        Assert.Equal("Feeds-1", feed.Id.ToString());
        await FailsAsync(EngineError.AlreadyExists, () => Store.PutFeedAsync(new("NIGHTLY", "/x"), true, Cancel));
        FeedRecord moved = await Store.PutFeedAsync(new("nightly", "/srv/other") { Description = "d" }, false, Cancel);
        Assert.Equal([moved], await Store.GetFeedsAsync(Cancel));
        Assert.Equal((feed.Id, "/srv/other", "d"), (moved.Id, moved.Path, moved.Description));
        Assert.Equal([moved], (await Store.GetDefinitionsAsync(Cancel)).Feeds);
        Assert.Contains("'nightly'", (await FailsAsync(EngineError.FeedNotFound, () => Store.RemoveFeedAsync("nightl", Cancel))).Message, StringComparison.Ordinal);
        RunbookDefinition user = new("Uses", [new("S", new ScriptAction("true")) { Packages = [new("A", "Nightly")] }]);
        await Store.PutRunbookAsync(user, Sample.Now, Cancel);
        Assert.Contains("step 'S' of runbook 'Uses'", (await FailsAsync(EngineError.InUse, () => Store.RemoveFeedAsync("Nightly", Cancel))).Message, StringComparison.Ordinal);
        await Store.RemoveRunbookAsync("Uses", Cancel);
        await Store.RemoveFeedAsync("Nightly", Cancel);
        Assert.Empty(await Store.GetFeedsAsync(Cancel));
    }

    [Fact]
    public async Task GivenKnownPackages_WhenAskedFor_ThenByFeedIdAndVersion()
    {
        FeedRecord feed = await Store.PutFeedAsync(new("Nightly", "/srv/nightly"), true, Cancel);
        KnownPackage known = new(new string('a', 64), 7, Sample.Now);
        await Store.SetKnownPackageAsync(FeedId.BuiltIn, "Acme", PackageVersion.Parse("1.0"), known with { Size = 1 }, Cancel);
        await Store.SetKnownPackageAsync(FeedId.BuiltIn, "Acme", PackageVersion.Parse("1.0"), known, Cancel);
        await Store.SetKnownPackageAsync(new(99), "Acme", PackageVersion.Parse("1.0"), known, Cancel);
        Assert.Equal(known, await Store.GetKnownPackageAsync(FeedId.BuiltIn, "ACME", PackageVersion.Parse("1.0.0+b"), Cancel));
        Assert.Null(await Store.GetKnownPackageAsync(FeedId.BuiltIn, "Acme", PackageVersion.Parse("1.0-b"), Cancel));
        Assert.Null(await Store.GetKnownPackageAsync(feed.Id, "Acme", PackageVersion.Parse("1.0"), Cancel));
        Assert.Null(await Store.GetKnownPackageAsync(new(99), "Acme", PackageVersion.Parse("1.0"), Cancel));
    }
}
