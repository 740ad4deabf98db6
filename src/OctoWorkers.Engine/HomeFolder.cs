namespace OctoWorkers.Engine;

/// <summary>Where the store is.</summary>
public static class HomeFolder
{
    /// <summary>The variable that moves it.</summary>
    public const string Variable = "OCTOWORKERS_HOME";

    /// <summary>The store's folder as an absolute path.</summary>
    /// <param name="option">What <c>--home</c> says; null: nothing.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <param name="hasOption">Whether there is an option <c>--home</c>, which the message is to name.</param>
    /// <returns>The folder; it need not exist.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when no folder can be made out.</exception>
    public static string Find(string? option, Func<string, string?> environment, bool hasOption = true)
    {
        if (option is not null)
        {
            return option.Length > 0 && !option.Contains('\0', StringComparison.Ordinal)
                ? Path.GetFullPath(option)
                : throw new OctoWorkersException(EngineError.InvalidArgument, "--home names no folder; give it a path.", option);
        }

        if (environment(Variable) is { Length: > 0 } home)
        {
            return Path.GetFullPath(home);
        }

        // The base-directory specification: a relative path there is to be ignored.
        if (environment("XDG_DATA_HOME") is { Length: > 0 } data && Path.IsPathRooted(data))
        {
            return Path.Combine(data, "octoworkers");
        }

        return environment("HOME") is { Length: > 0 } user
            ? Path.Combine(Path.GetFullPath(user), ".local", "share", "octoworkers")
            : throw new OctoWorkersException(
                EngineError.InvalidArgument, $"There is no HOME in the environment; say with {(hasOption ? "--home or " : "")}{Variable} where the store is to be.");
    }
}
