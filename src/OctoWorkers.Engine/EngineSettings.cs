using System.Globalization;

namespace OctoWorkers.Engine;

/// <summary>What can be set for a store; every process that uses the store reads the same.</summary>
public sealed record EngineSettings
{
    /// <summary>The settings' names, each with its meaning and default, in the order to show them.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["taskCap"] = "How many runs execute at once on a machine. Default 5.",
        ["builtInWorker"] = "Whether this machine stands in for an empty default pool: true or false. Default true.",
        ["lostContactTimeout"] = "Seconds without contact after which a started attempt's outcome is unknown. Default 600.",
        ["cancelGrace"] = "Seconds between TERM and KILL when work is ended. Default 10.",
        ["healthInterval"] = "Seconds after which a worker's health is unknown again. Default 3600.",
        ["unavailableRecheck"] = "Seconds after which an unavailable worker is checked again. Default 300.",
        ["packageCacheSize"] = "Megabytes of packages that a worker keeps when no run uses them. Default 10240.",
        ["packageCacheAge"] = "Days after which a worker forgets a package that no run used. Default 30.",
        ["driverIdle"] = "Seconds that the background driver stays after its last run. Default 60.",
    };

    /// <summary>How many runs execute at once on a machine.</summary>
    public int TaskCap { get; init; } = 5;

    /// <summary>Whether the built-in worker may be used.</summary>
    public bool BuiltInWorker { get; init; } = true;

    /// <summary>How long a started attempt may be out of contact before its outcome is unknown.</summary>
    public TimeSpan LostContactTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The wait between TERM and KILL.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a health check's finding holds.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an unavailable worker is left alone.</summary>
    public TimeSpan UnavailableRecheck { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many bytes of packages a worker keeps that no run uses.</summary>
    public long PackageCacheSize { get; init; } = 10240L * 1024 * 1024;

    /// <summary>How long a worker keeps a package that no run uses.</summary>
    public TimeSpan PackageCacheAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long the driver stays when there is nothing to do.</summary>
    public TimeSpan DriverIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Reads stored settings; a name that this version does not know is left alone.</summary>
    /// <param name="stored">Values by name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> for a value that cannot be used.</exception>
    public static EngineSettings From(IReadOnlyDictionary<string, string> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        EngineSettings settings = new();
        foreach ((string name, string value) in stored)
        {
            settings = settings.With(name, value);
        }

        return settings;
    }

    /// <summary>Checks that a value can be set.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SettingNotFound"/>, <see cref="EngineError.InvalidArgument"/>.</exception>
    public static void Require(string name, string value)
    {
        if (!Descriptions.ContainsKey(name))
        {
            throw new OctoWorkersException(
                EngineError.SettingNotFound, $"There is no setting '{name}'. There are: {string.Join(", ", Descriptions.Keys)}.", name);
        }

        new EngineSettings().With(name, value);
    }

    private EngineSettings With(string name, string value) => name.ToUpperInvariant() switch
    {
        "TASKCAP" => this with { TaskCap = (int)Number(name, value, 1, 10_000) },
        "BUILTINWORKER" => this with { BuiltInWorker = Truth(name, value) },
        "LOSTCONTACTTIMEOUT" => this with { LostContactTimeout = Seconds(name, value) },
        "CANCELGRACE" => this with { CancelGrace = Seconds(name, value) },
        "HEALTHINTERVAL" => this with { HealthInterval = Seconds(name, value) },
        "UNAVAILABLERECHECK" => this with { UnavailableRecheck = Seconds(name, value) },
        "PACKAGECACHESIZE" => this with { PackageCacheSize = (long)(Number(name, value, 0, 1_000_000_000) * 1024 * 1024) },
        "PACKAGECACHEAGE" => this with { PackageCacheAge = TimeSpan.FromDays(Number(name, value, 0, 36_500)) },
        "DRIVERIDLE" => this with { DriverIdle = Seconds(name, value) },
        _ => this,
    };

    private static TimeSpan Seconds(string name, string value) => TimeSpan.FromSeconds(Number(name, value, 0, 31_536_000));

    private static double Number(string name, string value, double least, double most)
        => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most
            ? number
            : throw new OctoWorkersException(
                EngineError.InvalidArgument, $"Setting '{name}' is '{value}'; it must be a number from {least} to {most}.", value);

    private static bool Truth(string name, string value)
        => bool.TryParse(value, out bool truth)
            ? truth
            : throw new OctoWorkersException(EngineError.InvalidArgument, $"Setting '{name}' is '{value}'; it must be true or false.", value);
}
