using System.Globalization;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Carries out the service messages of one attempt (semantics, section 6): levels and secrets at once, the rest as events that are stored together with the
/// lines they came with.
/// </summary>
internal sealed class AttemptMessages(AttemptOrder order, StreamLevels levels, TimeProvider time) : IServiceMessages
{
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly List<ArtifactAnnounced> announced = [];
    private List<RunEvent> events = [];

    public bool HasEvents => events.Count > 0;

    private RunSecrets Secrets => order.Secrets;

    /// <summary>The artifacts that were announced so far.</summary>
    public IReadOnlyList<ArtifactAnnounced> Announced => announced;

    /// <summary>Adds an event that is not from a service message.</summary>
    public void Add(RunEvent happened) => events.Add(happened);

    /// <summary>Hands over the events gathered so far.</summary>
    public IReadOnlyList<RunEvent> Drain()
    {
        List<RunEvent> drained = events;
        events = [];
        return drained;
    }

    public Func<string?> Prepare(ServiceMessage message) => message.Name switch
    {
        "setVariable" => SetVariable(message.Get("name"), message.Get("value"), Flag(message.Find("sensitive"))),
        "createArtifact" => CreateArtifact(message.Get("path"), message.Find("name")),
        "resultMessage" => ResultMessage(message.Get("message")),
        "progress" => Progress(message.Get("percentage"), message.Find("message") ?? ""),
        "mask" => MaskValue(message.Get("value")),
        _ => Level(message.Name),
    };

    private Func<string?> SetVariable(string name, string value, bool isSensitive) => () =>
    {
        string? warning = isSensitive ? Register(value, $"The sensitive output variable '{name}'") : null;

        // A value that holds a secret is as good as one.
        bool isSealed = isSensitive || Secrets.Masker.Finds(value);
        events.Add(new OutputVariableSet(
            order.OfStep, order.Attempt, order.Target, Secrets.Mask(name), isSealed ? null : value, isSealed ? Secrets.Seal(value) : null) { At = time.GetUtcNow() });
        return warning;
    };

    private Func<string?> CreateArtifact(string path, string? name)
    {
        if (path.Length == 0)
        {
            throw new FormatException("the attribute 'path' is empty");
        }

        return () =>
        {
            string shown = string.IsNullOrEmpty(name) ? path[(path.TrimEnd('/').LastIndexOf('/') + 1)..] : name;
            ArtifactAnnounced artifact = new(order.Number, order.Attempt, order.Artifacts.Next(), Secrets.Mask(shown), Secrets.Seal(path)) { At = time.GetUtcNow() };
            announced.Add(artifact);
            events.Add(artifact);
            return null;
        };
    }

    private Func<string?> ResultMessage(string text) => () =>
    {
        events.Add(new ResultMessageSet(order.Number, order.Attempt, Secrets.Mask(text)) { At = time.GetUtcNow() });
        return null;
    };

    private Func<string?> Progress(string percentage, string text)
    {
        if (!double.TryParse(percentage, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || double.IsNaN(number))
        {
            throw new FormatException("the percentage is not a number");
        }

        return () =>
        {
            // Only the latest counts: a script may report at every turn of a loop.
            events.RemoveAll(happened => happened is ProgressReported);
            events.Add(new ProgressReported(order.Number, order.Attempt, (int)Math.Clamp(number, 0, 100), Secrets.Mask(text)) { At = time.GetUtcNow() });
            return null;
        };
    }

    private Func<string?> MaskValue(string value) => () => Register(value, "A value that the script wants masked");

    private Func<string?> Level(string name) => () =>
    {
        levels.Follow(name);
        return null;
    };

    // Gives the warning when it cannot be masked.
    private string? Register(string value, string what)
    {
        if (Secrets.Add(value) == SecretAddition.NotMaskable)
        {
            return $"{what} has three characters or less, or nothing but spaces, and cannot be masked.";
        }

        // Also what another attempt told: that may not be stored yet, and this one's lines are masked by it.
        if (told.Add(value))
        {
            events.Add(new SecretRegistered(order.Number, order.Attempt, Secrets.Seal(value)) { At = time.GetUtcNow() });
        }

        return null;
    }

    private static bool Flag(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
