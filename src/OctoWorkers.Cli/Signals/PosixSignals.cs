using System.Runtime.InteropServices;

namespace OctoWorkers.Cli.Signals;

/// <summary>The signals of this process.</summary>
internal sealed class PosixSignals : ISignalSource
{
    public IDisposable Hear(Action<PosixSignal> handler)
        => new Registrations(
        [
            Register(PosixSignal.SIGINT, handler),
            Register(PosixSignal.SIGTERM, handler),
            Register(PosixSignal.SIGHUP, handler),
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
