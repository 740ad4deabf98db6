using System.CommandLine;
using System.CommandLine.Help;

namespace OctoWorkers.Cli.Commands;

/// <summary>All verbs. Only the one that is called is built, since building all of them takes longer than most of them do.</summary>
internal static class CommandTable
{
    private static readonly (string Name, Func<CommandInvocation, Command> Create)[] Verbs =
    [
        ("validate", ValidateCommand.Create),
        ("apply", ApplyCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("plan", PlanCommand.Create),
        ("run", RunCommand.Create),
        ("runs", RunsCommand.Create),
        ("show", ShowCommand.Create),
        ("log", LogCommand.Create),
        ("artifact", ArtifactCommand.Create),
        ("why", WhyCommand.Create),
        ("queue", QueueCommand.Create),
        ("cancel", CancelCommand.Create),
        ("intervention", InterventionCommand.Create),
        ("rerun", RerunCommand.Create),
        ("wait", WaitCommand.Create),
        ("remove", RemoveCommand.Create),
        ("worker", WorkerCommand.Create),
        ("target", TargetCommand.Create),
        ("policy", PolicyCommand.Create),
        ("pool", PoolCommand.Create),
        ("feed", FeedCommand.Create),
        ("package", PackageCommand.Create),
        ("environment", EnvironmentCommand.Create),
        ("tenant", TenantCommand.Create),
        ("variable", VariableCommand.Create),
        ("runbook", RunbookCommand.Create),
        ("lease", LeaseCommand.Create),
        ("retention", RetentionCommand.Create),
        ("setting", SettingCommand.Create),
        ("key", KeyCommand.Create),
        ("store", StoreCommand.Create),
        ("audit", AuditCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("driver", DriverCommand.Create),
    ];

    /// <summary>The verbs that people use.</summary>
    internal static IEnumerable<string> Names => Verbs.Select(verb => verb.Name).Where(name => name != "driver");

    /// <summary>The command with the verb that the arguments name, or with all of them when they name none.</summary>
    internal static Command Build(IReadOnlyList<string> arguments, CommandInvocation invocation)
    {
        Command root = new("octoworkers", "Runs runbooks on pools of worker machines.")
        {
            invocation.Options.Home,
            invocation.Options.Output,
            invocation.Options.Debug,
            new HelpOption(),
            new Option<bool>("--version") { Description = "Show the version.", Action = new VersionAction() },
        };
        string? wanted = Verb(arguments, invocation.Options);
        bool isKnown = Verbs.Any(verb => verb.Name == wanted);
        foreach ((string name, Func<CommandInvocation, Command> create) in Verbs)
        {
            if (!isKnown || name == wanted)
            {
                root.Add(create(invocation));
            }
        }

        return root;
    }

    // The first argument that is no option, nor the value of one.
    private static string? Verb(IReadOnlyList<string> arguments, GlobalOptions options)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == options.Home.Name || arguments[i] == options.Output.Name)
            {
                i++;
            }
            else if (!arguments[i].StartsWith('-'))
            {
                return arguments[i];
            }
        }

        return null;
    }
}
