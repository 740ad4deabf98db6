using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Planning;

/// <summary>A store's feeds as they would be after definitions were applied. Pure.</summary>
internal static class FeedOverlay
{
    internal static IReadOnlyList<FeedRecord> Apply(IReadOnlyList<FeedRecord> feeds, DefinitionSet files)
    {
        List<FeedRecord> all = [.. feeds];
        foreach (FeedDefinition wanted in files.Feeds.Select(file => file.Value))
        {
            int at = all.FindIndex(feed => EntityName.Comparer.Equals(feed.Name, wanted.Name));
            FeedRecord then = new(at < 0 ? new(1 + all.Max(feed => feed.Id.Number)) : all[at].Id, wanted.Name, wanted.Path, wanted.Description);
            if (at < 0)
            {
                all.Add(then);
            }
            else
            {
                all[at] = then;
            }
        }

        return all;
    }
}
