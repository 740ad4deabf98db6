using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Packages;

/// <summary>Chooses packages for the references of steps. Each feed is read once, so that all steps of a run, and its child runs, see the same.</summary>
/// <param name="library">The feeds' packages.</param>
/// <param name="feeds">The feeds, the built-in one among them.</param>
/// <param name="keeps">Whether what is found of packages is kept in the store; false for a plan that is only shown.</param>
internal sealed class PackageChooser(PackageLibrary library, IReadOnlyList<FeedRecord> feeds, bool keeps)
{
    private readonly Dictionary<FeedId, IReadOnlyList<PackageRecord>> listed = [];
    private readonly Dictionary<(FeedId, string), string> hashes = [];

    /// <summary>Chooses those of a step.</summary>
    /// <param name="references">The step's references.</param>
    /// <param name="chosen">Versions that were chosen before, for references that name none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.FeedNotFound"/>, <see cref="EngineError.PackageNotFound"/>, <see cref="EngineError.PackageChanged"/>,
    /// <see cref="EngineError.PackageInvalid"/>.
    /// </exception>
    public async Task<IReadOnlyList<PlannedPackage>> ChooseAsync(
        IReadOnlyList<PackageReference> references, IReadOnlyList<PackageReference> chosen, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = PackageReference.NamesOf(references);
        List<PlannedPackage> packages = new(references.Count);
        foreach ((string name, PackageReference reference) in names.Zip(references))
        {
            packages.Add(await ChooseAsync(name, reference, chosen, cancellationToken).ConfigureAwait(false));
        }

        return packages;
    }

    private async Task<PlannedPackage> ChooseAsync(
        string name, PackageReference reference, IReadOnlyList<PackageReference> chosen, CancellationToken cancellationToken)
    {
        FeedRecord feed = Named.Feed(feeds, reference.Feed ?? FeedRecord.BuiltInName);
        string? wanted = reference.Version ?? chosen.FirstOrDefault(one => IsSame(one, reference))?.Version;
        if (reference.Acquire == PackageAcquisition.None)
        {
            // It need not be there: such a step does with it what it likes.
            PackageRecord? newest = wanted is null && Of(feed, reference.PackageId) is [PackageRecord first, ..] ? first : null;
            return new(name, feed.Name, feed.Id, newest?.PackageId ?? reference.PackageId, wanted ?? newest?.Version.Text) { Acquire = reference.Acquire };
        }

        PackageRecord package = Find(feed, reference.PackageId, wanted is null ? null : PackageVersion.Parse(wanted));
        return new(name, feed.Name, feed.Id, package.PackageId, package.Version.Text)
        {
            FileName = package.FileName, Hash = await HashAsync(feed, package, cancellationToken).ConfigureAwait(false), Size = package.Size,
            Extract = reference.Extract, Acquire = reference.Acquire,
        };
    }

    /// <summary>A package of a feed.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">Its version; null: the newest.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.PackageNotFound"/>, <see cref="EngineError.PackageInvalid"/>.</exception>
    public PackageRecord Find(FeedRecord feed, string id, PackageVersion? version)
    {
        IReadOnlyList<PackageRecord> versions = Of(feed, id);
        if (versions.Count == 0)
        {
            string[] ids = [.. All(feed).Select(package => package.PackageId).Distinct(EntityName.Comparer)];
            string hint = NearestWord.Hint(id, ids) is { Length: > 0 } near ? near
                : ids.Length == 0 ? "; the feed is empty. Push a package ('octoworkers package push', Publish-RunbookPackage)."
                : $". It has {Listed(ids)}.";
            throw new OctoWorkersException(EngineError.PackageNotFound, $"Feed {FoundText.Quote(feed.Name)} has no package {FoundText.Quote(id)}{hint}", id);
        }

        PackageRecord[] found = [.. versions.Where(package => package.Version == (version ?? versions[0].Version))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new OctoWorkersException(
                EngineError.PackageNotFound,
                $"Feed {FoundText.Quote(feed.Name)} has no version {version} of package '{versions[0].PackageId}'; it has {Listed([.. Nearest(versions, version!)])}.", id),
            _ => throw new OctoWorkersException(
                EngineError.PackageInvalid,
                $"Feed {FoundText.Quote(feed.Name)} has version {found[0].Version} of package '{found[0].PackageId}' more than once: {string.Join(", ", found.Select(one => one.FileName))}. Remove all but one.",
                id),
        };
    }

    private IReadOnlyList<PackageRecord> Of(FeedRecord feed, string id)
        => [.. All(feed).Where(package => EntityName.Comparer.Equals(package.PackageId, id))];

    private IReadOnlyList<PackageRecord> All(FeedRecord feed)
        => listed.TryGetValue(feed.Id, out IReadOnlyList<PackageRecord>? known) ? known : listed[feed.Id] = FolderFeed.List(feed);

    private async Task<string> HashAsync(FeedRecord feed, PackageRecord package, CancellationToken cancellationToken)
    {
        if (!hashes.TryGetValue((feed.Id, package.FileName), out string? hash))
        {
            hash = await library.GetHashAsync(feed, package, keeps, cancellationToken).ConfigureAwait(false);
            hashes[(feed.Id, package.FileName)] = hash;
        }

        return hash;
    }

    // The two below and the two above it, then the newest ones.
    private static IEnumerable<string> Nearest(IReadOnlyList<PackageRecord> newestFirst, PackageVersion wanted)
        => newestFirst.Where(package => package.Version > wanted).TakeLast(2)
            .Concat(newestFirst.Where(package => package.Version < wanted).Take(2))
            .Concat(newestFirst)
            .Select(package => package.Version.Text)
            .Distinct();

    private static string Listed(string[] words)
        => string.Join(", ", words.Take(5)) + (words.Length > 5 ? $" and {words.Length - 5} more" : "");

    private static bool IsSame(PackageReference left, PackageReference right)
        => EntityName.Comparer.Equals(left.PackageId, right.PackageId)
            && EntityName.Comparer.Equals(left.Feed ?? FeedRecord.BuiltInName, right.Feed ?? FeedRecord.BuiltInName);
}
