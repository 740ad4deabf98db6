extern alias Remoting;

using Remoting::System.Management.Automation.Internal;
using Remoting::System.Management.Automation.Remoting;
using Remoting::System.Management.Automation.Remoting.Client;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>
/// Speaks PowerShell's protocol over a program's standard input and output. New-PSSession would do the same, but its transport ends the whole process with an exception that nobody
/// catches when <c>ssh</c> ends at the wrong moment, waits a minute for an answer of what is gone, and shows what <c>ssh</c> says on the user's console.
/// </summary>
/// <remarks>PowerShell has one thread for messages of the session and one for those of commands; what comes is handed over to them in the base class.</remarks>
internal sealed class ProcessTransport(SessionProgram program, SessionFlow flow, Guid session, PSRemotingCryptoHelper cryptoHelper)
    : ClientSessionTransportManagerBase(session, cryptoHelper)
{
    // What the other side writes where its protocol cannot say what is wrong.
    private const string ErrorMark = "__NamedPipeError__:";
    private const string ClosingConfirmed = "<CloseAck PSGuid='00000000-0000-0000-0000-000000000000' />";

    // How messages begin.
    private static readonly string[] Heads = ["<Data ", "<DataAck ", "<CommandAck ", "<CloseAck ", "<SignalAck "];

    // A PowerShell that is there closes a session at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private SessionProcess? _process;
    private ITimer? _late;
    private bool _hasAnswered;
    private bool _isClosing;
    private bool _isOver;
    private int _hasFailed;
    private int _isConfirmed;

    /// <summary>Whether a PowerShell has begun to answer.</summary>
    internal bool HasAnswered
    {
        get
        {
            lock (_gate)
            {
                return _hasAnswered;
            }
        }
    }

    /// <summary>The last that the program wrote and was no message of PowerShell.</summary>
    internal string Said => _process?.Said.ToString() ?? "";

    /// <inheritdoc/>
    public override void CreateAsync()
    {
        SessionProcess process;
        try
        {
            lock (_gate)
            {
                if (_isClosing)
                {
                    return;
                }

                _process = process = SessionProcess.Start(program);
            }
        }
        catch (Exception failure)
        {
            // Whoever opens the session is still on the way here.
            _ = Task.Run(() => End($"{program.Name} cannot be started: {failure.Message}"));
            return;
        }

        SetMessageWriter(process.Writer);
        process.Read(Receive, End);
        SendOneItem();
    }

    /// <inheritdoc/>
    public override void CloseAsync()
    {
        base.CloseAsync();
        flow.Stop();
        lock (_gate)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            if (!_isOver && _hasAnswered)
            {
                _late = TimeProvider.System.CreateTimer(_ => Abort(), null, Patience, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        if (_isOver)
        {
            Confirm();
        }
        else
        {
            // Nobody is there yet who could say that it is closed.
            _process?.Kill(withAll: false);
        }
    }

    /// <summary>Tells PowerShell of a failure, of the first one only: what comes after is its consequence.</summary>
    /// <param name="eventArgs">The failure.</param>
    public override void RaiseErrorHandler(TransportErrorOccuredEventArgs eventArgs)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) != 0)
        {
            return;
        }

        try
        {
            base.RaiseErrorHandler(eventArgs);
        }
        catch (Exception)
        {
            // It was told; who listens and fails at that must not take the process along, on a thread that has no other user.
        }

        _process?.Kill(withAll: false);
    }

    /// <summary>Ends the program and all below it, whatever the session does.</summary>
    internal void Abort()
    {
        flow.Stop();
        _process?.Kill(withAll: true);
    }

    /// <inheritdoc/>
    protected override void CleanupConnection()
    {
        Volatile.Write(ref _isConfirmed, 1);

        // What a step that ended by itself has left running is its own affair.
        _process?.Kill(withAll: false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing)
        {
            _late?.Dispose();
            _process?.Kill(withAll: false);
        }
    }

    private void Receive(string line)
    {
        string packet = line;
        if (!_hasAnswered)
        {
            // A login may print before its PowerShell is there.
            int begin = line.IndexOf("<Data", StringComparison.Ordinal);
            if (begin < 0)
            {
                Note(line);
                return;
            }

            lock (_gate)
            {
                _hasAnswered = true;
            }

            packet = line[begin..];
        }

        if (packet.StartsWith(ErrorMark, StringComparison.Ordinal))
        {
            Note(packet[ErrorMark.Length..]);
            _process!.Kill(withAll: false);
            return;
        }

        else if (packet.Length > 0 && packet[0] != '<')
        {
            // What a script has started writes where PowerShell's messages go, unless somebody catches it.
            int begin = Heads.Select(head => packet.IndexOf(head, StringComparison.Ordinal)).Where(static index => index > 0).DefaultIfEmpty(packet.Length).Min();
            Note(packet[..begin]);
            packet = packet[begin..];
        }

        if (packet.StartsWith("<CloseAck ", StringComparison.Ordinal))
        {
            _process!.Writer.Forget(packet);
        }

        try
        {
            flow.Pass(packet);
        }
        catch (InvalidDataException tooLarge)
        {
            RaiseErrorHandler(new(
                new PSRemotingTransportException($"{tooLarge.Message}. Let the script write it in parts, or to a file that is copied, or allow more: $PSSessionOption.MaximumReceivedObjectSize."),
                TransportMethodEnum.CloseShellOperationEx));
            return;
        }

        HandleOutputDataReceived(packet);
    }

    private void Note(string line) => _process!.Said.Add(System.Text.Encoding.UTF8.GetBytes(line + "\n"));

    private void End(string how)
    {
        bool isClosing;
        flow.Stop();
        lock (_gate)
        {
            _isOver = true;
            isClosing = _isClosing;
        }

        if (isClosing)
        {
            Confirm();
        }
        else
        {
            RaiseErrorHandler(new(new PSRemotingTransportException(how), TransportMethodEnum.CloseShellOperationEx));
        }
    }

    // The base class knows of no other way to hear that a session is closed than that the other side says so; without it, it waits for a minute. The commands that are under way are said to be
    // closed before: it closes the input of each then, fails at that where it was open, and would never close the session if that happened at its end. What it fails at, which no command does
    // twice, makes it forget the rest of the message.
    private void Confirm()
    {
        if (Interlocked.Exchange(ref _isConfirmed, 1) == 0)
        {
            IReadOnlyList<string> commands = _process?.Writer.Commands ?? [];
            string message = string.Concat(commands.Select(static command => $"<CloseAck PSGuid='{command}' />")) + ClosingConfirmed;
            for (int time = 0; time <= commands.Count; time++)
            {
                HandleOutputDataReceived(message);
            }
        }
    }
}
