using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Workers;

/// <summary>Service messages of a health script: levels and secrets are taken to heart; there is no run that variables, artifacts or progress would be of.</summary>
internal sealed class HealthMessages(StreamLevels levels, RunSecrets secrets) : IServiceMessages
{
    /// <inheritdoc/>
    public Func<string?> Prepare(ServiceMessage message) => message.Name switch
    {
        "mask" => Masked(message.Get("value")),
        "setVariable" when string.Equals(message.Find("sensitive"), "true", StringComparison.OrdinalIgnoreCase) => Masked(message.Get("value")),
        "setVariable" or "createArtifact" or "resultMessage" or "progress" => static () => null,
        _ => () =>
        {
            levels.Follow(message.Name);
            return null;
        },
    };

    private Func<string?> Masked(string value) => () =>
    {
        secrets.Add(value);
        return null;
    };
}
