using OctoWorkers.Engine;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Settings;

/// <summary>Finds a setting by the name that somebody wrote.</summary>
internal static class SettingName
{
    /// <summary>The name as it is stored.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SettingNotFound"/>.</exception>
    internal static string Find(string written)
    {
        string? found = EngineSettings.Descriptions.Keys.FirstOrDefault(name => name.Equals(written, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return found;
        }

        string hint = NearestWord.Hint(written, EngineSettings.Descriptions.Keys);
        throw new OctoWorkersException(
            EngineError.SettingNotFound,
            $"There is no setting '{written}'{(hint.Length > 0 ? hint : $". There are: {string.Join(", ", EngineSettings.Descriptions.Keys)}.")}",
            written);
    }
}
