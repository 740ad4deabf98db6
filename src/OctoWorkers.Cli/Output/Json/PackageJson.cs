using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Feeds and packages as JSON.</summary>
internal static class PackageJson
{
    internal static void Feed(JsonTextWriter json, FeedRecord feed)
    {
        json.WriteStartObject();
        json.Property("id", feed.Id.ToString());
        json.Property("name", feed.Name);
        json.Property("path", feed.Path);
        json.Property("description", feed.Description);
        json.WriteEndObject();
    }

    internal static void Package(JsonTextWriter json, PackageRecord package)
    {
        json.WriteStartObject();
        json.Property("feed", package.Feed);
        json.Property("packageId", package.PackageId);
        json.Property("version", package.Version.Text);
        json.Property("fileName", package.FileName);
        json.Property("size", package.Size);
        json.Property("modified", package.Modified);
        json.Property("hash", package.Hash);
        json.WriteEndObject();
    }

    internal static void Planned(JsonTextWriter json, PlannedPackage package)
    {
        json.WriteStartObject();
        json.Property("name", package.Name);
        json.Property("feed", package.Feed);
        json.Property("packageId", package.PackageId);
        json.Property("version", package.Version);
        json.Property("hash", package.Hash);
        json.Property("size", package.Size);
        json.Property("extract", package.Extract);
        json.Property("acquire", package.Acquire.ToString());
        json.WriteEndObject();
    }

    internal static void Acquired(JsonTextWriter json, AcquiredPackage package)
    {
        json.WriteStartObject();
        json.Property("worker", package.Worker);
        json.Property("packageId", package.PackageId);
        json.Property("version", package.Version);
        json.Property("hash", package.Hash);
        json.Property("size", package.Size);
        json.Property("moved", package.Moved);
        json.WriteEndObject();
    }

    internal static void Clearance(JsonTextWriter json, CacheClearance cleared)
    {
        json.WriteStartObject();
        json.Property("worker", cleared.Worker);
        json.Property("removed", cleared.Removed);
        json.Property("left", cleared.Left);
        json.WriteEndObject();
    }
}
