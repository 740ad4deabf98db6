using System.Text.RegularExpressions;

namespace OctoWorkers;

/// <summary>A capability that a health check looks for: the worker has it when the command succeeds, in the version that it writes.</summary>
public sealed partial record CapabilityProbeDefinition
{
    // What every check records of a worker itself.
    private static readonly string[] Reserved = ["os", "machine", "hostname", "user", "runner", "termination", "shell", "capabilities"];

    /// <summary>Makes one.</summary>
    /// <param name="name">The capability's name, as demands name it.</param>
    /// <param name="command">What is run on the worker by its POSIX shell; one line or several.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public CapabilityProbeDefinition(string name, string command)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(command);
        if (!Form().IsMatch(name))
        {
            throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"'{name}' cannot be the name of a capability: letters, digits and '._+-' only, beginning with a letter or digit.", name);
        }

        if (Reserved.Contains(name, EntityName.Comparer))
        {
            throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"'{name}' cannot be the name of a capability of your own: every check records it. Choose another name.", name);
        }

        if (string.IsNullOrWhiteSpace(command) || command.Contains('\0', StringComparison.Ordinal))
        {
            throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"The command that looks for the capability '{name}' is empty or holds a NUL. Give one that writes the version.", name);
        }

        Name = name;
        Command = command;
    }

    /// <summary>The capability's name, as demands name it.</summary>
    public string Name { get; }

    /// <summary>What is run on the worker by its POSIX shell.</summary>
    public string Command { get; }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
