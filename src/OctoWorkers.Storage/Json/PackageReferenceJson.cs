using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>A step's reference to a package. Older stores have ids and feeds alone.</summary>
internal static class PackageReferenceJson
{
    internal static void Write(JsonTextWriter json, PackageReference package)
    {
        json.WriteStartObject();
        json.Put("id", package.PackageId);
        json.Put("feed", package.Feed);
        json.Put("version", package.Version);
        json.Put("name", package.Name);
        if (!package.Extract)
        {
            json.Put("extract", value: false);
        }

        if (package.Acquire != PackageAcquisition.Worker)
        {
            json.Put("acquire", package.Acquire);
        }

        json.WriteEndObject();
    }

    internal static PackageReference Read(JToken json)
        => new(json.Text("id"), json.OptionalText("feed"))
        {
            Version = json.OptionalText("version"),
            Name = json.OptionalText("name"),
            Extract = json.OptionalText("extract") is null || json.Flag("extract"),
            Acquire = json.OptionalText("acquire") is null ? PackageAcquisition.Worker : json.Enum<PackageAcquisition>("acquire"),
        };
}
