using System.Text;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli;

/// <summary>Reads a secret where nobody can see it: never from the arguments, which every process of the machine can read.</summary>
internal static class SecretInput
{
    /// <summary>Asks on a terminal, without showing what is typed; else takes all of standard input, without the end of its last line.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when standard input is not UTF-8.</exception>
    internal static string Read(string prompt)
    {
        if (Console.IsInputRedirected)
        {
            // Not through the console's reader, which replaces what it cannot decode.
            using Stream input = Console.OpenStandardInput();
            using MemoryStream bytes = new();
            input.CopyTo(bytes);
            return ValueText.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), "standard input");
        }

        Console.Error.Write(prompt);
        StringBuilder typed = new();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
