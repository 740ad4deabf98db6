using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Json;

namespace OctoWorkers.Storage.Backups;

/// <summary>What a backup says of itself, after all else in it: without it the backup is not whole.</summary>
/// <param name="Created">When it was written.</param>
/// <param name="Artifacts">How many artifacts are in it.</param>
/// <param name="Packages">How many packages of the built-in feed are in it.</param>
internal sealed record BackupManifest(DateTimeOffset Created, int Artifacts, int Packages)
{
    internal const string Name = "manifest.json";
    internal const string SumName = "manifest.json.sha256";
    internal const string About = "README.txt";
    internal const string ArtifactFolder = "artifacts";

    private const int Form = 3;

    /// <summary>All other files in it, except the manifest's own checksum; null for a backup of the forms before 3, which had no checksums.</summary>
    internal IReadOnlyList<BackupFile>? Files { get; init; }

    /// <summary>The folders that may be in it, each with files of the store's folder of that name.</summary>
    internal static IReadOnlyList<string> Folders { get; } = [ArtifactFolder, FeedFolder.BuiltIn];

    internal string Write() => JsonText.Write(this, static (json, manifest) =>
    {
        json.WriteStartObject();
        json.Put("octoworkersBackup", Form);
        json.Put("created", manifest.Created);
        json.Put("artifacts", manifest.Artifacts);
        json.Put("packages", manifest.Packages > 0 ? manifest.Packages : null);
        json.PutAll("files", manifest.Files ?? [], static (writer, file) =>
        {
            writer.WriteStartObject();
            writer.Put("name", file.Name);
            writer.Put("bytes", file.Length);
            writer.Put("sha256", file.Sha256);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    });

    /// <summary>The text of the file that says what the manifest has to be, as <c>sha256sum --check</c> takes it.</summary>
    /// <param name="text">What was written.</param>
    internal static string SumOf(string text) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}  {Name}\n";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sum">The text of its checksum; null: the backup has none.</param>
    /// <param name="path">The backup's file, for messages.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreTooNew"/>; <see cref="EngineError.StoreCorrupt"/>.</exception>
    internal static BackupManifest Read(string text, string? sum, string path)
    {
        if (sum is not null && sum != SumOf(text))
        {
            throw DamagedBackup.Of(path, $"'{Name}' is not as it was written");
        }

        (int form, BackupManifest manifest) = Parse(text, path);
        return form > Form
            ? throw new OctoWorkersException(EngineError.StoreTooNew, $"The backup '{path}' has the form {form}, and this program knows form {Form}. Use the newer program for it.", path)
            : manifest.Files is not null && sum is null ? throw DamagedBackup.Of(path, $"'{SumName}' is missing")
            : manifest;
    }

    private static (int Form, BackupManifest Manifest) Parse(string text, string path)
    {
        try
        {
            return JsonText.Read(text, "a backup's manifest", static json => (json.Int("octoworkersBackup"), Of(json)));
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.StoreCorrupt)
        {
            throw DamagedBackup.Of(path, $"'{Name}' cannot be read: {e.InnerException?.Message}", e);
        }
    }

    private static BackupManifest Of(JToken json) => new(json.Time("created"), json.Int("artifacts"), json.OptionalInt("packages") ?? 0)
    {
        Files = json.Int("octoworkersBackup") < 3
            ? null
            : json.All("files", static file => new BackupFile(file.Text("name"), file.Number("bytes"), file.Text("sha256"))),
    };
}
