using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OctoWorkers.Storage.Json;

namespace OctoWorkers.Storage.Backups;

/// <summary>The last thing in a backup: without it the backup is not whole.</summary>
/// <param name="Created">When it was written.</param>
/// <param name="Artifacts">How many artifacts are in it.</param>
internal sealed record BackupManifest(DateTimeOffset Created, int Artifacts)
{
    internal const string Name = "manifest.json";
    internal const string About = "README.txt";
    internal const string ArtifactFolder = "artifacts";

    private const int Form = 1;

    internal string Write() => JsonText.Write(this, static (json, manifest) =>
    {
        json.WriteStartObject();
        json.Put("octoworkersBackup", Form);
        json.Put("created", manifest.Created);
        json.Put("artifacts", manifest.Artifacts);
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

    private static BackupManifest Of(JToken json) => new(json.Time("created"), json.Int("artifacts"));
}
