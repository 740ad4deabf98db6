using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Templates;

/// <summary>A UTF-8 text file that the command was given.</summary>
internal static class InputFile
{
    /// <summary>Its text, without a byte order mark.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.DefinitionNotReadable"/>: it cannot be read, or is not UTF-8.</exception>
    internal static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return ValueText.TryDecode(bytes, out string problem) ?? throw new OctoWorkersException(EngineError.DefinitionNotReadable, $"{path} {problem}.", path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OctoWorkersException(
                EngineError.DefinitionNotReadable, $"{path} cannot be read: {failure.Message} Check the path and its permissions.", path, failure);
        }
    }
}
