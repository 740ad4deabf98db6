using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine;

namespace OctoWorkers.Cli.Commands.Settings;

/// <summary><c>octoworkers setting set</c></summary>
internal static class SettingSetCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The setting's name." };
        Argument<string> value = new("VALUE") { Description = "Its value." };
        Command command = new("set", "Sets a setting; running processes read it when they next need it.") { name, value };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            string setting = SettingName.Find(result.GetRequiredValue(name));
            string wanted = result.GetRequiredValue(value);
            EngineSettings.Require(setting, wanted);
            await session.Store.SetSettingAsync(setting, wanted, cancellationToken).ConfigureAwait(false);
            session.Printer.One((setting, wanted), static (json, set) =>
            {
                json.WriteStartObject();
                json.Property("name", set.setting);
                json.Property("value", set.wanted);
                json.WriteEndObject();
            }, $"Setting '{setting}' is '{wanted}' now.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
