using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output;

/// <summary>Prints a command's results: tables and sentences for people, or JSON for scripts.</summary>
/// <param name="console">Where.</param>
/// <param name="format">For whom.</param>
internal sealed class ResultPrinter(CommandConsole console, OutputFormat format)
{
    /// <summary>Whether scripts read it.</summary>
    internal bool IsJson => format == OutputFormat.Json;

    /// <summary>Where it goes.</summary>
    internal CommandConsole Console => console;

    /// <summary>Prints a list: one table, or one JSON array.</summary>
    internal void List<T>(IReadOnlyCollection<T> items, Action<JsonTextWriter, T> write, Func<TextTable> table)
    {
        if (IsJson)
        {
            Document(json => json.Array(items, write));
        }
        else
        {
            Table(table());
        }
    }

    /// <summary>Prints one thing: as <paramref name="show"/> does, or one JSON object.</summary>
    internal void One<T>(T item, Action<JsonTextWriter, T> write, Action show)
    {
        if (IsJson)
        {
            Document(json => write(json, item));
        }
        else
        {
            show();
        }
    }

    /// <summary>Prints one thing: a sentence, or one JSON object.</summary>
    internal void One<T>(T item, Action<JsonTextWriter, T> write, string sentence) => One(item, write, () => Say(sentence));

    /// <summary>Prints a JSON document on lines of its own.</summary>
    internal void Document(Action<JsonTextWriter> write)
    {
        using (JsonTextWriter json = JsonOutput.Open(console.Out, console.IsTerminal))
        {
            write(json);
        }

        console.Out.WriteLine();
    }

    /// <summary>Prints a JSON document on one line.</summary>
    internal void Line(Action<JsonTextWriter> write)
    {
        using (JsonTextWriter json = JsonOutput.Open(console.Out, isIndented: false))
        {
            write(json);
        }

        console.Out.WriteLine();
    }

    /// <summary>Prints a table; for people.</summary>
    internal void Table(TextTable table) => TablePrinter.Print(console, table);

    /// <summary>Prints a sentence for people; scripts are not told.</summary>
    internal void Say(string sentence)
    {
        if (!IsJson)
        {
            console.Out.WriteLine(DisplayText.Lines(sentence));
        }
    }

    /// <summary>Tells people several things, as <see cref="Notice"/> does.</summary>
    internal void Notices(IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences)
        {
            Notice(sentence);
        }
    }

    /// <summary>Tells people something on standard error that is not part of the result; also when scripts read the result.</summary>
    internal void Notice(string sentence)
    {
        console.TryFlush();
        console.Error.WriteLine(DisplayText.Lines(sentence));
    }
}
