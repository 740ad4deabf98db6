using System.Text;

namespace OctoWorkers.Cli;

/// <summary>Reads a secret where nobody can see it: never from the arguments, which every process of the machine can read.</summary>
internal static class SecretInput
{
    /// <summary>Asks on a terminal, without showing what is typed; else takes all of standard input, without the end of its last line.</summary>
    /// <param name="prompt">What is asked.</param>
    internal static string Read(string prompt)
    {
        if (Console.IsInputRedirected)
        {
            string all = Console.In.ReadToEnd();
            return all.EndsWith("\r\n", StringComparison.Ordinal) ? all[..^2] : all.EndsWith('\n') ? all[..^1] : all;
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
