using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What PowerShell hands on to its <c>ssh</c> client: never a prompt, and a dead connection is noticed within a minute.</summary>
internal static class SshOptions
{
    // Of a configuration file that is not the user's own, PowerShell cannot be told; what decides where a connection goes, and as whom, is read from it.
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "hostname", "port", "user", "identityfile", "identitiesonly", "identityagent", "certificatefile", "userknownhostsfile", "globalknownhostsfile", "stricthostkeychecking",
        "hostkeyalias", "proxyjump", "proxycommand", "bindaddress", "addressfamily", "connecttimeout", "connectionattempts", "compression", "hashknownhosts",
        "controlpath", "controlmaster", "controlpersist", "pubkeyauthentication", "preferredauthentications", "hostkeyalgorithms", "kexalgorithms", "ciphers", "macs", "loglevel",
    };

    /// <summary>The options of a connection, for <c>New-PSSession -Options</c>.</summary>
    internal static async Task<Hashtable> ForAsync(SshConnection connection, CancellationToken cancellationToken)
    {
        // Names in several spellings are several entries: an option may be given more than once.
        Hashtable options = new(StringComparer.Ordinal);
        if (connection.ConfigurationFile is { } file)
        {
            foreach ((string name, string value) in await ReadAsync(file, connection, cancellationToken).ConfigureAwait(false))
            {
                options[Spelling(options, name)] = value;
            }
        }

        options["BatchMode"] = "yes";
        options["ClearAllForwardings"] = "yes";
        options["ServerAliveInterval"] = "15";
        options["ServerAliveCountMax"] = "4";
        if (connection.HostKeyPolicy != HostKeyPolicy.FromConfiguration)
        {
            options.Remove("stricthostkeychecking");
            options["StrictHostKeyChecking"] = connection.HostKeyPolicy == HostKeyPolicy.Strict ? "yes" : "accept-new";
        }

        if (connection.Port is not null)
        {
            options.Remove("port");
        }

        if (connection.User is not null)
        {
            options.Remove("user");
        }

        return options;
    }

    private static string Spelling(Hashtable options, string name)
    {
        string spelling = name.ToLowerInvariant();
        for (int i = 0; i < spelling.Length && options.ContainsKey(spelling); i++)
        {
            spelling = string.Concat(spelling.AsSpan(0, i), char.ToUpperInvariant(spelling[i]).ToString(), spelling.AsSpan(i + 1));
        }

        return spelling;
    }

    private static async Task<IReadOnlyList<(string Name, string Value)>> ReadAsync(string file, SshConnection connection, CancellationToken cancellationToken)
    {
        List<string> arguments = ["-G", "-F", file];
        if (connection.User is { } user)
        {
            arguments.AddRange(["-l", user]);
        }

        if (connection.Port is { } port)
        {
            arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        }

        using Process ssh = Process.Start(new ProcessStartInfo("ssh", [.. arguments, "--", connection.Host])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        ssh.StandardInput.Close();
        Task<string> said = ssh.StandardError.ReadToEndAsync(cancellationToken);
        string text = await ssh.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await ssh.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return ssh.ExitCode == 0
            ? [.. text.Split('\n').Select(line => line.Split(' ', 2)).Where(words => words.Length == 2 && Taken.Contains(words[0])).Select(words => (words[0], words[1]))]
            : throw new OctoWorkersException(
                EngineError.WorkerUnusable, $"The ssh configuration '{file}' cannot be read: {(await said.ConfigureAwait(false)).Trim()}", file);
    }
}
