using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers validate</c></summary>
internal static class ValidateCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string[]> paths = new("PATH") { Description = "YAML files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        Option<bool> withStore = new("--with-store") { Description = "Definitions may refer to what the store holds; otherwise only to each other." };
        Command command = new("validate", "Checks definitions and stores nothing. Exits with 2 when something is wrong.") { paths, withStore };
        command.SetAction(async (result, cancellationToken) =>
        {
            DefinitionSet files = await DefinitionReader.ReadAsync(result.GetRequiredValue(paths), cancellationToken).ConfigureAwait(false);
            if (result.GetValue(withStore))
            {
                return await invocation.WithEngine(async (session, _, token) =>
                {
                    DefinitionCheck.Require(files, await session.Store.GetDefinitionsAsync(token).ConfigureAwait(false));
                    return Report(session.Printer, files);
                })(result, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                DefinitionCheck.Require(files);
            }
            catch (InvalidDefinitionsException failure)
            {
                throw new HintedException(failure, "With --with-store, definitions may also refer to what the store holds.");
            }

            return Report(invocation.Printer(result), files);
        });
        return command;
    }

    private static int Report(ResultPrinter printer, DefinitionSet files)
    {
        printer.One(files, static (json, files) =>
        {
            json.WriteStartObject();
            json.Property("environments", files.Environments.Count);
            json.Property("pools", files.Pools.Count);
            json.Property("workers", files.Workers.Count);
            json.Property("runbooks", files.Runbooks.Count);
            json.WriteEndObject();
        }, $"Valid: {Words.Count(files.Environments.Count, "environment")}, {Words.Count(files.Pools.Count, "pool")}, "
            + $"{Words.Count(files.Workers.Count, "worker")}, {Words.Count(files.Runbooks.Count, "runbook")}.");
        return ExitCodes.Success;
    }
}
