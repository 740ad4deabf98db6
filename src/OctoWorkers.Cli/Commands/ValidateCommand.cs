using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers validate</c></summary>
internal static class ValidateCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string[]> paths = new("PATH") { Description = "YAML files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        Option<bool> withStore = new("--with-store") { Description = "Definitions may refer to what the store holds; otherwise only to each other." };
        Option<bool> each = new("--each") { Description = "Check every PATH by itself, not all of them as one set." };
        Command command = new("validate", "Checks definitions and stores nothing. Exits with 2 when something is wrong.") { paths, withStore, each };
        command.SetAction(async (result, cancellationToken) =>
        {
            string[] asked = result.GetRequiredValue(paths);
            List<DefinitionSet> sets = [];
            foreach (string[] together in result.GetValue(each) ? [.. asked.Select(path => new[] { path })] : new[] { asked })
            {
                sets.Add(await DefinitionReader.ReadAsync(together, cancellationToken).ConfigureAwait(false));
            }

            if (result.GetValue(withStore))
            {
                return await invocation.WithEngine(async (session, _, token) =>
                {
                    StoredDefinitions stored = await session.Store.GetDefinitionsAsync(token).ConfigureAwait(false);
                    sets.ForEach(files => DefinitionCheck.Require(files, stored));
                    return Report(session.Printer, sets);
                })(result, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                sets.ForEach(DefinitionCheck.Require);
            }
            catch (InvalidDefinitionsException failure)
            {
                throw new HintedException(failure, "With --with-store, definitions may also refer to what the store holds.");
            }

            return Report(invocation.Printer(result), sets);
        });
        return command;
    }

    private static int Report(ResultPrinter printer, IReadOnlyList<DefinitionSet> sets)
    {
        int environments = sets.Sum(files => files.Environments.Count);
        int pools = sets.Sum(files => files.Pools.Count);
        int policies = sets.Sum(files => files.Policies.Count);
        int workers = sets.Sum(files => files.Workers.Count);
        int targets = sets.Sum(files => files.Targets.Count);
        int feeds = sets.Sum(files => files.Feeds.Count);
        int tenants = sets.Sum(files => files.Tenants.Count);
        int variableSets = sets.Sum(files => files.VariableSets.Count);
        int scriptModules = sets.Sum(files => files.ScriptModules.Count);
        int runbooks = sets.Sum(files => files.Runbooks.Count);
        printer.One(sets, (json, _) =>
        {
            json.WriteStartObject();
            json.Property("environments", environments);
            json.Property("pools", pools);
            json.Property("policies", policies);
            json.Property("workers", workers);
            json.Property("targets", targets);
            json.Property("feeds", feeds);
            json.Property("tenants", tenants);
            json.Property("variableSets", variableSets);
            json.Property("scriptModules", scriptModules);
            json.Property("runbooks", runbooks);
            json.WriteEndObject();
        }, $"Valid: {Words.Count(environments, "environment")}, {Words.Count(pools, "pool")}, "
            + $"{Words.Count(workers, "worker")}, {Words.Count(runbooks, "runbook")}"
            + $"{Shared(targets, "deployment target")}{Shared(feeds, "feed")}{Shared(policies, "machine policy")}{Shared(tenants, "tenant")}{Shared(variableSets, "variable set")}{Shared(scriptModules, "script module")}.");
        return ExitCodes.Success;
    }

    private static string Shared(int count, string thing) => count == 0 ? "" : $", {Words.Count(count, thing)}";
}
