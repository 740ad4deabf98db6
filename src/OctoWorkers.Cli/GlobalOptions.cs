using System.CommandLine;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli;

/// <summary>The options of every command.</summary>
internal sealed class GlobalOptions
{
    private const string JsonWord = "json";
    private const string TableWord = "table";

    /// <summary>The store's folder.</summary>
    internal Option<string?> Home { get; } = new("--home")
    {
        Description = "The folder of the store. The default is $OCTOWORKERS_HOME, else $XDG_DATA_HOME/octoworkers, else ~/.local/share/octoworkers.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    /// <summary>Tables for people or JSON for scripts.</summary>
    internal Option<string?> Output { get; } = new Option<string?>("--output")
    {
        Description = "How to print: 'table' for people (the default) or 'json' for scripts.",
        HelpName = "table|json",
        Recursive = true,
    }.AcceptOnlyFromAmong(TableWord, JsonWord);

    /// <summary>Whether to print all that is known of an unexpected failure.</summary>
    internal Option<bool> Debug { get; } = new("--debug")
    {
        Description = "Print all that is known of an unexpected failure.",
        Recursive = true,
    };

    /// <summary>How to print.</summary>
    internal OutputFormat FormatOf(ParseResult result) => result.GetValue(Output) == JsonWord ? OutputFormat.Json : OutputFormat.Table;

    /// <summary>How to print when the arguments cannot be parsed.</summary>
    internal static OutputFormat FormatOf(IReadOnlyList<string> arguments)
        => arguments.Contains("--output=json") || arguments.Zip(arguments.Skip(1)).Any(pair => pair is { First: "--output", Second: JsonWord })
            ? OutputFormat.Json
            : OutputFormat.Table;
}
