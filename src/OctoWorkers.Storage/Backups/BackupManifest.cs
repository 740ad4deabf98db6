using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Json;

namespace OctoWorkers.Storage.Backups;

/// <summary>The last thing in a backup: without it the backup is not whole.</summary>
/// <param name="Created">When it was written.</param>
/// <param name="Artifacts">How many artifacts are in it.</param>
/// <param name="Packages">How many packages of the built-in feed are in it.</param>
internal sealed record BackupManifest(DateTimeOffset Created, int Artifacts, int Packages)
{
    internal const string Name = "manifest.json";
    internal const string About = "README.txt";
    internal const string ArtifactFolder = "artifacts";

    // A backup without packages is as those were before packages could be in them.
    private const int Form = 2;
    private const int FormWithoutPackages = 1;

    /// <summary>The folders that may be in it, each with files of the store's folder of that name.</summary>
    internal static IReadOnlyList<string> Folders { get; } = [ArtifactFolder, FeedFolder.BuiltIn];

    internal string Write() => JsonText.Write(this, static (json, manifest) =>
    {
        json.WriteStartObject();
        json.Put("octoworkersBackup", manifest.Packages > 0 ? Form : FormWithoutPackages);
        json.Put("created", manifest.Created);
        json.Put("artifacts", manifest.Artifacts);
        json.Put("packages", manifest.Packages > 0 ? manifest.Packages : null);
        json.WriteEndObject();
    });

    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreTooNew"/>; <see cref="EngineError.StoreCorrupt"/>.</exception>
    internal static BackupManifest Read(string text, string path)
    {
        (int form, BackupManifest manifest) = JsonText.Read(text, "a backup's manifest", static json => (json.Int("octoworkersBackup"), Of(json)));
        return form <= Form
            ? manifest
            : throw new OctoWorkersException(EngineError.StoreTooNew, $"The backup '{path}' has the form {form}, and this program knows form {Form}. Use the newer program for it.", path);
    }

    private static BackupManifest Of(JToken json) => new(json.Time("created"), json.Int("artifacts"), json.OptionalInt("packages") ?? 0);
}
