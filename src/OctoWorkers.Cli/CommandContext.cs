using OctoWorkers.Cli.Signals;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Cli;

/// <summary>What a command gets from outside; tests give their own.</summary>
/// <param name="Console">Where it writes.</param>
/// <param name="Time">The clock.</param>
/// <param name="Signals">What the operating system asks of it.</param>
/// <param name="EnvironmentVariable">Reads a variable of the process's environment.</param>
/// <param name="DriverOf">The launcher of the background driver of a home folder.</param>
internal sealed record CommandContext(
    CommandConsole Console,
    TimeProvider Time,
    ISignalSource Signals,
    Func<string, string?> EnvironmentVariable,
    Func<string, IDriverLauncher> DriverOf)
{
    /// <summary>Reads a secret from a person or from standard input.</summary>
    internal Func<string, string> ReadSecret { get; init; } = SecretInput.Read;

    /// <summary>Opens standard input, for a command that was told to read it.</summary>
    internal Func<Stream> OpenInput { get; init; } = System.Console.OpenStandardInput;

    /// <summary>That of this process.</summary>
    internal static CommandContext OfProcess(CommandConsole console)
        => new(console, TimeProvider.System, new PosixSignals(), Environment.GetEnvironmentVariable, home => new DetachedDriver(home, () => DriverCommandLine.Of(home)));
}
