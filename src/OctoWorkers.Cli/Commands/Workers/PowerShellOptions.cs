using System.CommandLine;
using OctoWorkers.Cli.Commands.Variables;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary>The options of workers that are reached through PowerShell sessions. A password is never among the arguments.</summary>
internal sealed class PowerShellOptions
{
    private static readonly string[] Authentications = [.. Enum.GetNames<WinRmAuthentication>().Select(name => name.ToLowerInvariant())];

    private readonly Option<bool> powerShell = new("--powershell")
    {
        Description = "Steps run in PowerShell sessions, over ssh with --host, in processes of this machine with --local; the worker runs PowerShell steps only.",
    };

    private readonly Option<string?> winRm = new("--winrm") { Description = "The worker is reached through PowerShell sessions over WinRM: a computer's name or address.", HelpName = "COMPUTER" };

    private readonly Option<string?> subsystem = new("--subsystem")
    {
        Description = $"The subsystem of the sshd that serves PowerShell sessions. The default is '{PowerShellConnection.DefaultSubsystem}'.", HelpName = "NAME",
    };

    private readonly Option<int?> maxSessions = new("--max-sessions") { Description = "At most so many PowerShell sessions are open there at once.", HelpName = "NUMBER" };

    private readonly Option<bool> useSsl = new("--use-ssl") { Description = "WinRM speaks TLS." };

    private readonly Option<string?> authentication = new Option<string?>("--authentication")
    {
        Description = "How WinRM authenticates the user. The default is what both machines agree on.", HelpName = string.Join('|', Authentications),
    }.AcceptOnlyFromAmong(Authentications);

    private readonly Option<string?> configuration = new("--configuration") { Description = "The session configuration there. The default is the computer's own.", HelpName = "NAME" };

    private readonly Option<bool> passwordInput = new("--password-stdin") { Description = "The user's password is asked for, or read from standard input." };

    private readonly Option<string?> passwordFile = new("--password-file") { Description = "The user's password is the text of this file, without the end of its last line.", HelpName = "PATH" };

    private readonly Option<string?> passwordVariable = new("--password-env") { Description = "The user's password is in this variable of the environment.", HelpName = "NAME" };

    private Option[] WinRmOptions => [useSsl, authentication, configuration, passwordInput, passwordFile, passwordVariable];

    internal IReadOnlyList<Option> All => [powerShell, subsystem, maxSessions, winRm, .. WinRmOptions];

    internal void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    internal string? Computer(ParseResult result) => result.GetValue(winRm);

    /// <summary>Whether the worker is reached through PowerShell sessions.</summary>
    internal bool IsAsked(ParseResult result) => result.GetValue(powerShell) || Computer(result) is not null;

    /// <summary>Refuses what does not belong together.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal void Check(ParseResult result, bool isSsh)
    {
        Option? Stray(params Option[] options) => options.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
        string? problem = Computer(result) is null && Stray(WinRmOptions) is { } alien ? $"{alien.Name} is for workers with --winrm; leave it out."
            : !IsAsked(result) && Stray(subsystem, maxSessions) is { } lonely ? $"{lonely.Name} is for workers with PowerShell sessions; give --powershell too, or leave it out."
            : !isSsh && Stray(subsystem) is not null ? "--subsystem is for PowerShell sessions over ssh; leave it out without --host."
            : WinRmOptions[3..].Count(option => Stray(option) is not null) > 1 ? "Give one of --password-stdin, --password-file and --password-env, not several."
            : null;
        if (problem is not null)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, problem);
        }
    }

    internal PowerShellConnection Through(ParseResult result, WorkerConnection way)
        => new(way) { Subsystem = result.GetValue(subsystem), MaxSessions = result.GetValue(maxSessions) };

    internal async Task<WinRmConnection> WinRmAsync(
        ParseResult result, string computer, int? port, string? user, CommandContext context, CancellationToken cancellationToken)
    {
        WinRmConnection connection = new(computer)
        {
            Port = port,
            UseSsl = result.GetValue(useSsl),
            Authentication = result.GetValue(authentication) is { } word ? Enum.Parse<WinRmAuthentication>(word, ignoreCase: true) : WinRmAuthentication.Default,
            ConfigurationName = result.GetValue(configuration),
            User = user,
        };
        if (user is null && WinRmOptions[3..].Any(option => result.GetResult(option) is { Implicit: false }))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "A password belongs to a user: give --user too.");
        }

        string? password = result.GetValue(passwordInput) ? context.ReadSecret($"Password of {user} at {computer}: ")
            : result.GetValue(passwordFile) is { } file ? await ValueSource.FromFileAsync("--password-file", file, cancellationToken).ConfigureAwait(false)
            : result.GetValue(passwordVariable) is { } variable ? ValueSource.FromEnvironment(context, "--password-env", variable)
            : null;
        return password is null ? connection : connection.WithPassword(password);
    }
}
