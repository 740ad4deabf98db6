using System.CommandLine;
using System.Globalization;
using Newtonsoft.Json;
using OctoWorkers.Cli.Output;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli.Commands.Keys;

/// <summary><c>octoworkers key show</c></summary>
internal static class KeyShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("show", "Lists the keys by their ids, never the keys themselves, with how many secrets are encrypted with each.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyList<KeyringEntry> entries = session.Secrets.Entries();
            IReadOnlyDictionary<string, int> counts = await session.Store.CountSealedAsync(cancellationToken).ConfigureAwait(false);
            (string Id, string State, DateTimeOffset? Created, int Secrets)[] keys =
            [
                .. entries.Select(key => (key.Id, StateOf(key), key.Created, counts.GetValueOrDefault(key.Id))),
                .. counts.Where(count => entries.All(key => key.Id != count.Key)).Select(count => (count.Key, "missing", (DateTimeOffset?)null, count.Value)),
            ];
            session.Printer.List(keys, Write, () =>
            {
                TextTable table = new("KEY", "STATE", "CREATED", "SECRETS") { WhenEmpty = "There is no key yet; it is made when the first secret is stored." };
                foreach ((string id, string state, DateTimeOffset? created, int secrets) in keys)
                {
                    table.Add(id, state, Words.Of(created, session.Time), secrets.ToString(CultureInfo.InvariantCulture));
                }

                return table;
            });
            return ExitCodes.Success;
        }));
        return command;
    }

    private static string StateOf(KeyringEntry key) => key.IsFromEnvironment ? "environment" : key.IsActive ? "active" : "retired";

    private static void Write(JsonTextWriter json, (string Id, string State, DateTimeOffset? Created, int Secrets) key)
    {
        json.WriteStartObject();
        json.Property("id", key.Id);
        json.Property("state", key.State);
        json.Property("created", key.Created);
        json.Property("secrets", key.Secrets);
        json.WriteEndObject();
    }
}
