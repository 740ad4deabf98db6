using System.Text;

namespace OctoWorkers.Cli.Templates;

/// <summary>A UTF-8 text file that the command was given.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Its text, without a byte order mark.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.DefinitionNotReadable"/>: it cannot be read, or is not UTF-8.</exception>
    internal static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            int mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return Strict.GetString(bytes, mark, bytes.Length - mark);
        }
        catch (DecoderFallbackException failure)
        {
            throw new OctoWorkersException(EngineError.DefinitionNotReadable, $"{path} is not UTF-8. Save it as UTF-8.", path, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OctoWorkersException(
                EngineError.DefinitionNotReadable, $"{path} cannot be read: {failure.Message} Check the path and its permissions.", path, failure);
        }
    }
}
