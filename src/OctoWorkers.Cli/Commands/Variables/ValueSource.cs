using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary>Where a value comes from: exactly one of these is given, or none for a secret, which is asked for then.</summary>
internal sealed record ValueSource(string? Value, string? File, string? Environment, string? Pool)
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal void Check(bool isSecret)
    {
        int count = new[] { Value, File, Environment, Pool }.Count(source => source is not null);
        string? problem = isSecret && Value is not null
                ? "A secret is never given on the command line, where every process of this machine could read it: leave VALUE out to be asked for it, pipe it in, or give --value-file or --value-env."
            : isSecret && Pool is not null ? "The name of a worker pool is shown in plans and cannot be sensitive."
            : count > 1 ? "Give one of VALUE, --value-file, --value-env and --pool, not several."
            : count == 0 && !isSecret ? "Give the value: VALUE, --value-file, --value-env or --pool."
            : null;
        if (problem is not null)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, problem);
        }
    }

    /// <summary>The value.</summary>
    internal async Task<string> ReadAsync(CommandContext context, string variable, CancellationToken cancellationToken)
        => Value ?? Pool
            ?? (File is not null ? await FromFileAsync("--value-file", File, cancellationToken).ConfigureAwait(false)
                : Environment is not null ? FromEnvironment(context, "--value-env", Environment)
                : context.ReadSecret($"Value of {variable}: "));

    /// <summary>The text of a file, without the end of its last line.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when it cannot be read, or is not UTF-8.</exception>
    internal static async Task<string> FromFileAsync(string option, string path, CancellationToken cancellationToken)
    {
        try
        {
            byte[] bytes = await System.IO.File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return ValueText.Decode(bytes, $"{option}: the file '{path}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"{option}: the file '{path}' cannot be read: {exception.Message}", path, exception);
        }
    }

    /// <summary>The value of a variable of the environment.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when there is none, or it is not UTF-8.</exception>
    internal static string FromEnvironment(CommandContext context, string option, string name)
    {
        string value = context.EnvironmentVariable(name)
            ?? throw new OctoWorkersException(EngineError.InvalidArgument, $"{option}: the environment has no variable '{name}'. Export it first.", name);
        return EnvironmentText.Problem(name, value) is { } problem
            ? throw new OctoWorkersException(EngineError.InvalidArgument, $"{option}: the variable '{name}' of the environment {problem}.", name)
            : value;
    }
}
