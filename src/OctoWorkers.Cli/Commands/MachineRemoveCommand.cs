using System.CommandLine;
using Newtonsoft.Json;
using OctoWorkers.Cli.Output;

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
        Argument<string[]> asked = new("NAME") { Description = $"Names of {noun}s.", Arity = ArgumentArity.OneOrMore };
        Option<bool> force = new("--force") { Description = $"Cancel the runs that {hold} them first, and wait for them." };
        Command command = new("remove", $"Removes {noun}s that no run holds.") { asked, force };
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            // None is removed when one of them is not there.
            List<T> all = [];
            foreach (string one in result.GetRequiredValue(asked).Distinct(EntityName.Comparer))
            {
                all.Add(await find(session, one, cancellationToken).ConfigureAwait(false));
            }

            foreach (T found in all)
            {
                await remove(session, name(found), result.GetValue(force), cancellationToken).ConfigureAwait(false);
                session.Printer.Say($"Removed {noun} '{name(found)}'.");
            }

            if (session.Printer.IsJson)
            {
                session.Printer.Document(json =>
                {
                    if (all is [var only])
                    {
                        write(json, only);
                    }
                    else
                    {
                        json.Array(all, write);
                    }
                });
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
