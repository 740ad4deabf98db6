using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;

namespace OctoWorkers.TestKit.Ssh;

/// <summary>
/// A real sshd on a loopback port of its own, with a host key, a client key and a client configuration of its own. Everything it has is
/// in a temporary folder; it is ended by its process id.
/// </summary>
public sealed class SshServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _program;
    private Process? _process;
    private readonly string? _subsystem;

    /// <summary>Starts it; see <see cref="Missing"/>.</summary>
    public SshServer()
        : this(null)
    {
    }

    /// <summary>Starts one that has a subsystem; see <see cref="Missing"/>.</summary>
    /// <param name="subsystem">The subsystem, with its command; null: none.</param>
    public static SshServer WithSubsystem(string? subsystem) => new(subsystem);

    // A class fixture has one public constructor, without parameters.
    private SshServer(string? subsystem)
    {
        _subsystem = subsystem;
        string? sshd = Find("sshd");
        Missing = sshd is null ? "sshd is not installed"
            : Find("ssh") is null || Find("ssh-keygen") is null ? "the OpenSSH client is not installed"
            : null;
        if (Missing is not null)
        {
            return;
        }

        if (Environment.UserName == "root")
        {
            Directory.CreateDirectory("/run/sshd");
        }

        StateHome = _folder.File("state");
        Directory.CreateDirectory(StateHome);
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("host_key"));
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("client_key"));
        File.Copy(_folder.File("client_key.pub"), _folder.File("authorized_keys"));
        Port = FreePort();
        WriteConfigurations();
        _program = sshd;
        Listen();
    }

    /// <summary>What keeps it from running on this machine; null: it runs.</summary>
    public string? Missing { get; }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>An alias in <see cref="ConfigurationFile"/> that reaches it.</summary>
    public const string Host = "loopback";

    /// <summary>A configuration of the ssh client that knows it.</summary>
    public string ConfigurationFile => _folder.File("ssh_config");

    /// <summary>Where sessions keep their state (<c>XDG_STATE_HOME</c>).</summary>
    public string StateHome { get; } = "";

    /// <summary>A connection to it.</summary>
    public SshConnection Connection => new(Host) { ConfigurationFile = ConfigurationFile };

    /// <summary>Ends the sshd process of every connection that is open now, as a broken network would; returns how many there were.</summary>
    public int CutConnections()
    {
        IReadOnlyList<int> sessions = _process is null ? [] : ProcessTree.Children(_process.Id);
        foreach (int session in sessions)
        {
            foreach (int monitored in ProcessTree.Children(session).Where(child => ProcessTree.WithCommandLine("sshd").Contains(child)))
            {
                ProcessTree.Kill(monitored);
            }

            ProcessTree.Kill(session);
        }

        return sessions.Count;
    }

    /// <summary>Ends the process that listens and starts another, as an administrator who restarts the service would: connections that are open stay so.</summary>
    public void Restart()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Listen();
    }

    /// <summary>Ends it for good, with its connections, as a machine that dies would. What was started over them goes on. A second time does nothing.</summary>
    public void Stop()
    {
        if (_process is { HasExited: false })
        {
            CutConnections();
            _process.Kill();
            _process.WaitForExit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _process?.Dispose();
        _folder.Dispose();
    }

    private void WriteConfigurations()
    {
        File.WriteAllText(_folder.File("sshd_config"), $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {_folder.File("host_key")}
            AuthorizedKeysFile {_folder.File("authorized_keys")}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            UseDNS no
            SetEnv XDG_STATE_HOME={StateHome}
            {(_subsystem is null ? "" : $"Subsystem {_subsystem}")}

            """);
        string hostKey = File.ReadAllText(_folder.File("host_key.pub")).Trim();
        File.WriteAllText(_folder.File("known_hosts"), $"[127.0.0.1]:{Port} {hostKey}\n");
        File.WriteAllText(ConfigurationFile, $"""
            Host {Host}
              HostName 127.0.0.1
              Port {Port}
              User {Environment.UserName}
              IdentityFile {_folder.File("client_key")}
              IdentitiesOnly yes
              UserKnownHostsFile {_folder.File("known_hosts")}
              GlobalKnownHostsFile none

            """);
    }

    private void Listen()
    {
        _process = Process.Start(new ProcessStartInfo(_program!, ["-D", "-f", _folder.File("sshd_config"), "-E", _folder.File("sshd.log")]))!;
        WaitUntilItListens();
    }

    private void WaitUntilItListens()
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using TcpClient client = new();
                client.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromMinutes(1) && !_process!.HasExited)
            {
                _process.WaitForExit(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
        }
    }

    private static string? Find(string program)
        => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
