using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads a computer that is reached by WinRM. Its password never stands in a definitions file.</summary>
internal sealed class WinRmConnectionReader(ReadingContext context)
{
    private static readonly string[] Keys =
        ["computer", "port", "useSsl", "authentication", "configuration", "user", "password", "passwordFromEnvironment", "passwordFromFile"];

    private static readonly string[] PasswordKeys = ["passwordFromEnvironment", "passwordFromFile"];

    private static readonly (string, WinRmAuthentication)[] Authentications =
    [
        ("default", WinRmAuthentication.Default), ("basic", WinRmAuthentication.Basic), ("negotiate", WinRmAuthentication.Negotiate),
        ("kerberos", WinRmAuthentication.Kerberos), ("credssp", WinRmAuthentication.CredSsp),
    ];

    /// <summary>Reads a computer's name alone, or a mapping; null, and a problem, when it is neither.</summary>
    internal async Task<WinRmConnection?> ReadAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (node is YamlScalar)
        {
            return ScalarValue.Text(node, "winrm", context.Problems) is { } name ? context.Problems.Try(node.Location, () => new WinRmConnection(name)) : null;
        }

        if (MappingReader.Open(node, "a WinRM connection", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? computer = mapping.RequiredText("computer");
        WinRmConnection? connection = computer is null ? null : context.Problems.Try(mapping.ValueLocation("computer"), () => new WinRmConnection(computer));
        int? port = mapping.Number("port", 1, 65535);
        bool useSsl = mapping.Flag("useSsl");
        WinRmAuthentication authentication = mapping.Word("authentication", Authentications) ?? WinRmAuthentication.Default;
        string? user = mapping.Text("user");
        WinRmConnection? withUser = context.Problems.Try(mapping.ValueLocation("user"), () => (connection ?? new("none")) with { User = user });
        string? configuration = mapping.Text("configuration");
        WinRmConnection? complete = withUser is null ? null : context.Problems.Try(
            mapping.ValueLocation("configuration"), () => withUser with { Port = port, UseSsl = useSsl, Authentication = authentication, ConfigurationName = configuration });
        (string? password, bool isBad) = await ReadPasswordAsync(mapping, cancellationToken).ConfigureAwait(false);
        return connection is null || complete is null || isBad ? null
            : password is null ? complete
            : context.Problems.Try(mapping.ValueLocation(mapping.Keys.First(PasswordKeys.Contains)), () => complete.WithPassword(password));
    }

    private async Task<(string? Password, bool IsBad)> ReadPasswordAsync(MappingReader mapping, CancellationToken cancellationToken)
    {
        if (mapping.Has("password"))
        {
            context.Problems.Add(
                mapping.KeyLocation("password"),
                "'password': a definitions file holds no passwords; write 'passwordFromEnvironment: VARIABLE' or 'passwordFromFile: PATH'");
            return (null, true);
        }

        string[] given = [.. mapping.Keys.Where(PasswordKeys.Contains)];
        if (given.Length > 1)
        {
            context.Problems.Add(mapping.KeyLocation(given[1]), "a WinRM connection has 'passwordFromEnvironment' or 'passwordFromFile', not both");
            return (null, true);
        }

        string? password = given.Length == 0 ? null
            : given[0] == "passwordFromEnvironment" ? context.FromEnvironment(mapping, given[0])
            : await context.FromFileAsync(mapping, given[0], cancellationToken).ConfigureAwait(false);
        return (password, given.Length > 0 && password is null);
    }
}
