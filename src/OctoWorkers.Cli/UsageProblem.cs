using System.CommandLine;
using System.CommandLine.Parsing;
using OctoWorkers.Cli.Commands;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>Says what is wrong with arguments, and what was probably meant.</summary>
internal static class UsageProblem
{
    internal static string Describe(ParseResult result)
    {
        CommandResult command = result.CommandResult;
        string name = FullName(command);
        string problem = result.UnmatchedTokens.Count > 0 ? Unknown(command, name, result.UnmatchedTokens[0])
            : command.Command.Subcommands.Count > 0 && command.Command.Action is null ? $"'{name}' needs a command: {Subcommands(command)}."
            : string.Join(' ', result.Errors.Select(error => error.Message));
        return $"{problem} See '{name} --help'.";
    }

    private static string Unknown(CommandResult command, string name, string token)
    {
        bool isOption = token.StartsWith('-');
        bool wantsCommand = !isOption && command.Command.Subcommands.Count > 0;
        string kind = isOption ? "option" : wantsCommand ? "command" : "further argument";
        string hint = isOption ? NearestWord.Hint(token, Options(command))
            : wantsCommand ? NearestWord.Hint(token, command.Parent is null ? CommandTable.Names : command.Command.Subcommands.Select(sub => sub.Name))
            : "";
        return $"'{name}' knows no {kind} '{DisplayText.Line(token)}'{(hint.Length == 0 ? "." : hint)}";
    }

    private static IEnumerable<string> Options(CommandResult command)
    {
        for (CommandResult? at = command; at is not null; at = at.Parent as CommandResult)
        {
            foreach (Option option in at.Command.Options)
            {
                if (at == command || option.Recursive)
                {
                    yield return option.Name;
                }
            }
        }
    }

    private static string Subcommands(CommandResult command)
        => string.Join(", ", command.Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name));

    private static string FullName(CommandResult command)
        => command.Parent is CommandResult parent ? $"{FullName(parent)} {command.Command.Name}" : command.Command.Name;
}
