using System.CommandLine;
using Newtonsoft.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers worker remove</c> and <c>octoworkers target remove</c></summary>
internal static class MachineRemoveCommand
{
    /// <summary>Makes it.</summary>
    /// <param name="invocation">Runs it.</param>
    /// <param name="noun">What is removed: "worker".</param>
    /// <param name="hold">How runs keep it: "have a lease on".</param>
    /// <param name="find">Finds the one of a name.</param>
    /// <param name="name">Its name.</param>
    /// <param name="remove">Removes the one of a name, and cancels the runs that hold it when the flag says so.</param>
    /// <param name="write">Writes one as JSON.</param>
    internal static Command Create<T>(
        CommandInvocation invocation, string noun, string hold, Func<EngineSession, string, CancellationToken, Task<T>> find, Func<T, string> name,
        Func<EngineSession, string, bool, CancellationToken, Task> remove, Action<JsonTextWriter, T> write)
    {
        Argument<string> asked = new("NAME") { Description = $"The {noun}'s name." };
        Option<bool> force = new("--force") { Description = $"Cancel the runs that {hold} it first, and wait for them." };
        Command command = new("remove", $"Removes a {noun} that no run holds.") { asked, force };
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            T found = await find(session, result.GetRequiredValue(asked), cancellationToken).ConfigureAwait(false);
            await remove(session, name(found), result.GetValue(force), cancellationToken).ConfigureAwait(false);
            session.Printer.One(found, write, $"Removed {noun} '{name(found)}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
