using System.IO.Compression;
using Microsoft.Data.Sqlite;
using OctoWorkers.Storage;
using OctoWorkers.TestKit.Files;

namespace OctoWorkers.Model.Tests.World;

/// <summary>A store with what every scenario needs, and with the witness, made once and copied for each.</summary>
internal static class StoreTemplate
{
    public const string Environment = "Test";
    public const string SecondPool = "Second";
    public const string Package = "Tools";

    /// <summary>A pool that draws who has the fewest leases, and has the workers of the default pool.</summary>
    public const string LeastPool = "Least";

    /// <summary>The tag that all deployment targets have.</summary>
    public const string TargetTag = "web";

    /// <summary>The names of the deployment targets.</summary>
    public static readonly IReadOnlyList<string> Targets = ["target1", "target2", "target3"];

    /// <summary>How many steps run in <see cref="SecondPool"/> at once.</summary>
    public const int SecondPoolCap = 2;

    private static readonly TenantTag TenantTag = new("Ring", "Early");

    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Files = new(MakeAsync);

    /// <summary>The tenant for which some runs are.</summary>
    public const string Tenant = "Acme";

    /// <summary>A deployment target by its name: the first is for all runs, the second for those for no tenant, the third for those for the tenant.</summary>
    public static DeploymentTargetDefinition TargetOf(string name) => new(name, new LocalConnection(), [Environment], [TargetTag])
    {
        Tenants = name == Targets[0] ? TargetTenants.Of(TenantParticipation.TenantedOrUntenanted, [Tenant], [])
            : name == Targets[1] ? TargetTenants.None
            : TargetTenants.Of(null, [], [TenantTag]),
    };

    /// <summary>Puts it into an empty folder.</summary>
    public static async Task CopyToAsync(string folder)
    {
        foreach ((string name, byte[] bytes) in await Files.Value)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, bytes);
        }
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> MakeAsync()
    {
        using TemporaryFolder folder = new();
        string home = folder.File("home");
        await using (SqliteStore store = await SqliteStore.OpenAsync(home, TimeProvider.System, CancellationToken.None))
        {
            await store.PutEnvironmentAsync(new(Environment) { Retention = RetentionPolicy.Forever }, true, CancellationToken.None);
            await store.PutPoolAsync(new(SecondPool) { MaxSteps = SecondPoolCap }, true, CancellationToken.None);
            await store.PutPoolAsync(new(LeastPool) { Policy = PoolPolicy.LeastLeases }, true, CancellationToken.None);
            MachinePolicyDefinition policy = new(MachinePolicyDefinition.DefaultName) { Kind = HealthCheckKind.ConnectivityOnly };
            await store.PutMachinePolicyAsync(policy, false, CancellationToken.None);
            await store.PutTenantAsync(new(Tenant) { Tags = [TenantTag] }, true, CancellationToken.None);
            foreach (string target in Targets)
            {
                await store.PutTargetAsync(TargetOf(target), true, CancellationToken.None);
            }

            await store.SetSettingAsync("builtInWorker", "false", CancellationToken.None);
            await store.SetSettingAsync("driverIdle", "31536000", CancellationToken.None);
        }

        string feed = Path.Combine(home, "packages");
        Directory.CreateDirectory(feed);
        using (ZipArchive archive = ZipFile.Open(Path.Combine(feed, $"{Package}.1.0.0.zip"), ZipArchiveMode.Create))
        {
            archive.CreateEntry("tool.sh");
        }

        Install(Path.Combine(home, "octoworkers.db"));
        return Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetRelativePath(home, path), File.ReadAllBytes);
    }

    private static void Install(string path)
    {
        using StreamReader witness = new(typeof(StoreTemplate).Assembly.GetManifestResourceStream("witness.sql")!);
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = witness.ReadToEnd() + "; PRAGMA wal_checkpoint(TRUNCATE);";
        command.ExecuteNonQuery();
    }
}
