using System.CommandLine;
using Newtonsoft.Json;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine;

namespace OctoWorkers.Cli.Commands.Settings;

/// <summary><c>octoworkers setting list</c></summary>
internal static class SettingListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("list", "Lists the settings, their values where they are set, and what they mean.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyDictionary<string, string> values = await session.Store.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
            (string Name, string? Value, string Meaning)[] settings =
                [.. EngineSettings.Descriptions.Select(setting => (setting.Key, ValueOf(values, setting.Key), setting.Value))];
            session.Printer.List(settings, Write, () =>
            {
                TextTable table = new("NAME", "VALUE", "MEANING");
                foreach ((string name, string? value, string meaning) in settings)
                {
                    table.Add(name, value ?? "(default)", meaning);
                }

                return table;
            });
            return ExitCodes.Success;
        }));
        return command;
    }

    // A store may compare the names of settings with case; people do not.
    private static string? ValueOf(IReadOnlyDictionary<string, string> values, string name)
        => values.Where(set => set.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(set => set.Value).FirstOrDefault();

    private static void Write(JsonTextWriter json, (string Name, string? Value, string Meaning) setting)
    {
        json.WriteStartObject();
        json.Property("name", setting.Name);
        json.Property("value", setting.Value);
        json.Property("meaning", setting.Meaning);
        json.WriteEndObject();
    }
}
