using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>Packages of plans, and those that were acquired.</summary>
internal static class PlannedPackageJson
{
    internal static void Write(JsonTextWriter json, PlannedPackage package)
    {
        json.WriteStartObject();
        json.Put("name", package.Name);
        json.Put("feed", package.Feed);
        json.Put("feedId", package.FeedId.Number);
        json.Put("id", package.PackageId);
        json.Put("version", package.Version);
        json.Put("fileName", package.FileName);
        json.Put("hash", package.Hash);
        json.Put("size", package.Size);
        json.Put("extract", package.Extract);
        json.Put("acquire", package.Acquire);
        json.WriteEndObject();
    }

    internal static PlannedPackage Read(JToken json)
        => new(json.Text("name"), json.Text("feed"), new(json.Number("feedId")), json.Text("id"), json.OptionalText("version"))
        {
            FileName = json.OptionalText("fileName"),
            Hash = json.OptionalText("hash"),
            Size = json.Number("size"),
            Extract = json.Flag("extract"),
            Acquire = json.Enum<PackageAcquisition>("acquire"),
        };

    internal static void WriteAcquired(JsonTextWriter json, AcquiredPackage package)
    {
        json.WriteStartObject();
        json.Put("worker", package.Worker);
        json.Put("id", package.PackageId);
        json.Put("version", package.Version);
        json.Put("hash", package.Hash);
        json.Put("size", package.Size);
        json.Put("moved", package.Moved);
        json.WriteEndObject();
    }

    internal static AcquiredPackage ReadAcquired(JToken json)
        => new(json.Text("worker"), json.Text("id"), json.Text("version"), json.Text("hash"), json.Number("size"), json.Number("moved"));
}
