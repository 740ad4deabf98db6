using System.Text;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.TestKit.Workers;

/// <summary>An attempt on a simulated worker: what it wrote, and how it stands. Guarded by its worker.</summary>
/// <param name="ticket">Its ticket.</param>
/// <param name="script">What it does.</param>
public sealed class SimulatedAttempt(string ticket, SimulatedScript script)
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    /// <summary>Its ticket.</summary>
    public string Ticket { get; } = ticket;

    /// <summary>Where it stands.</summary>
    public TicketState State { get; private set; } = TicketState.Running;

    /// <summary>Its exit code; null while it runs, and when it left none.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>All that it wrote to its standard output.</summary>
    public string Output => output.ToString();

    /// <summary>All that it wrote to its standard error.</summary>
    public string Error => error.ToString();

    internal TerminationReceipt? Receipt { get; private set; }

    internal byte[] OutputBytes => Encoding.UTF8.GetBytes(Output);

    internal byte[] ErrorBytes => Encoding.UTF8.GetBytes(Error);

    /// <summary>Begins, and ends at once unless it waits to be told to.</summary>
    internal void Begin(bool waitsForNobody)
    {
        Write(script.Lines, output, "says");
        Write(script.ErrorLines, error, "complains");
        if (!script.Holds || waitsForNobody)
        {
            Finish();
        }
    }

    /// <summary>Lets it go on to its end.</summary>
    internal void Finish()
    {
        if (State == TicketState.Running)
        {
            Write(script.Holds ? 1 : 0, output, "ends");
            State = script.IsLost ? TicketState.Lost : TicketState.Exited;
            ExitCode = script.IsLost ? null : script.ExitCodeOf(Ticket);
        }
    }

    internal TerminationReceipt Terminate()
    {
        if (State == TicketState.Running)
        {
            State = TicketState.Exited;
            ExitCode = 143;
            Receipt = new(TerminationVerdict.NothingLeft, TerminationMeans.ControlGroup, [new EndedProcess(1, "script", "TERM")], []);
        }

        return Receipt ?? new(TerminationVerdict.NothingLeft, TerminationMeans.ControlGroup, [], []);
    }

    /// <summary>The machine goes down under it.</summary>
    internal void Lose() => State = State == TicketState.Running ? TicketState.Lost : State;

    private void Write(int lines, StringBuilder to, string what)
    {
        for (int line = 1; line <= lines; line++)
        {
            to.Append(Ticket).Append(' ').Append(what).Append(' ').Append(line).Append('\n');
        }
    }
}
