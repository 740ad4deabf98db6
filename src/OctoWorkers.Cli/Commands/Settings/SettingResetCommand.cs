using System.CommandLine;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Settings;

/// <summary><c>octoworkers setting reset</c></summary>
internal static class SettingResetCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The setting's name." };
        Command command = new("reset", "Forgets a setting, so that its default holds again.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            string setting = SettingName.Find(result.GetRequiredValue(name));
            await session.Store.SetSettingAsync(setting, null, cancellationToken).ConfigureAwait(false);
            session.Printer.One(setting, static (json, setting) =>
            {
                json.WriteStartObject();
                json.Property("name", setting);
                json.Property("value", (string?)null);
                json.WriteEndObject();
            }, $"Setting '{setting}' has its default again.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
