using System.Globalization;
using System.Text.RegularExpressions;

namespace OctoWorkers.TestKit.Workers;

/// <summary>What a script does on a simulated worker; it stands in the script as a comment that only such a worker understands.</summary>
/// <param name="Lines">How many lines it writes to its standard output.</param>
/// <param name="ErrorLines">How many to its standard error.</param>
/// <param name="Failures">How many attempts exit with 1 before one exits with 0.</param>
/// <param name="Holds">Whether it waits until somebody lets it end, or ends it.</param>
/// <param name="IsLost">Whether it ends without an exit code.</param>
public sealed partial record SimulatedScript(int Lines, int ErrorLines, int Failures, bool Holds, bool IsLost)
{
    /// <summary>The script's text.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"# simulated {Lines} {ErrorLines} {Failures} {(Holds ? 1 : 0)} {(IsLost ? 1 : 0)}\n");

    /// <summary>Finds what a script does; one that says nothing of it does nothing.</summary>
    /// <param name="text">The script's text.</param>
    public static SimulatedScript Of(string text)
    {
        Match match = Form().Match(text);
        return match.Success ? new(Number(match, 1), Number(match, 2), Number(match, 3), Number(match, 4) == 1, Number(match, 5) == 1) : new(0, 0, 0, false, false);
    }

    /// <summary>The exit code of an attempt.</summary>
    /// <param name="ticket">Its ticket, which ends with the attempt's number.</param>
    public int ExitCodeOf(string ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return int.Parse(ticket.AsSpan(ticket.LastIndexOf('-') + 1), CultureInfo.InvariantCulture) <= Failures ? 1 : 0;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("# simulated ([0-9]+) ([0-9]+) ([0-9]+) ([01]) ([01])")]
    private static partial Regex Form();
}
