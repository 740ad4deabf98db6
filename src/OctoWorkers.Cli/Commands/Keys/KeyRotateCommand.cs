using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli.Commands.Keys;

/// <summary><c>octoworkers key rotate</c></summary>
internal static class KeyRotateCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("rotate", "Makes a new key, encrypts every secret of the store with it, and drops the older keys.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            KeyRotation rotation = await session.Secrets.RotateAsync(session.Store, cancellationToken).ConfigureAwait(false);
            session.Printer.One(rotation, static (json, done) =>
            {
                json.WriteStartObject();
                json.Property("active", done.Active);
                json.Property("secrets", done.Resealed);
                json.Array("dropped", done.Dropped, static (writer, id) => writer.WriteValue(id));
                json.Array("kept", done.Kept, static (writer, id) => writer.WriteValue(id));
                json.Array("unreadable", done.Unreadable, static (writer, line) => writer.WriteValue(line));
                json.WriteEndObject();
            }, () => Show(session.Printer, rotation));
            return rotation.Unreadable.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static void Show(ResultPrinter printer, KeyRotation rotation)
    {
        printer.Say($"{Words.Count(rotation.Resealed, "secret")} encrypted with the new key {rotation.Active}.");
        if (rotation.Kept.Count > 0)
        {
            printer.Say($"Kept until the next rotation, for runs that are under way or secrets that could not be read: {string.Join(", ", rotation.Kept)}.");
        }

        foreach (string line in rotation.Unreadable)
        {
            printer.Notice(line);
        }
    }
}
