using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Commands.Interventions;

/// <summary>Reads notes from a file or from standard input.</summary>
internal static class NotesInput
{
    private const int Most = 1024 * 1024;

    /// <summary>The text, without the end of its last line.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: it cannot be read, is too long, or is not UTF-8.</exception>
    internal static async Task<string> ReadAsync(CommandContext context, string path, CancellationToken cancellationToken)
    {
        string name = path == "-" ? "Standard input" : $"The file '{path}'";
        try
        {
            using Stream input = path == "-" ? context.OpenInput() : File.OpenRead(path);
            using MemoryStream all = new();
            byte[] buffer = new byte[8192];
            for (int read; (read = await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                await all.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (all.Length > Most)
                {
                    throw new OctoWorkersException(EngineError.InvalidArgument, $"{name} is too long for notes. Write less.", path);
                }
            }

            return ValueText.Decode(all.GetBuffer().AsSpan(0, (int)all.Length), name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"{name} cannot be read: {failure.Message}", path, failure);
        }
    }
}
