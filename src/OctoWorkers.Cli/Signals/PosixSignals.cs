using System.Runtime.InteropServices;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Signals;

/// <summary>The signals of this process.</summary>
internal sealed class PosixSignals : ISignalSource
{
    private const int HangUp = 1;

    // Asked once, before the first registration changes it: what nohup has ignored stays ignored.
    private static readonly bool ignoresHangUp = SystemCalls.IsIgnored(HangUp);

    public IDisposable Hear(Action<PosixSignal> handler)
        => new Registrations(
        [
            Register(PosixSignal.SIGINT, handler),
            Register(PosixSignal.SIGTERM, handler),
            .. ignoresHangUp ? (PosixSignalRegistration[])[] : [Register(PosixSignal.SIGHUP, handler)],
        ]);

    private static PosixSignalRegistration Register(PosixSignal signal, Action<PosixSignal> handler)
        => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            handler(context.Signal);
        });

    private sealed class Registrations(PosixSignalRegistration[] registrations) : IDisposable
    {
        public void Dispose()
        {
            foreach (PosixSignalRegistration registration in registrations)
            {
                registration.Dispose();
            }
        }
    }
}
