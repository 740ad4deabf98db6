using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// The beginning of a channel, read line by line: noise of login scripts, the <c>OW1</c> line, the greeting.
/// </summary>
internal sealed class Handshake(string boundary)
{
    private const int MostNoise = 4 * 1024 * 1024;
    private readonly byte[] _mark = Encoding.ASCII.GetBytes($"OW1 {boundary} ");
    private readonly TaskCompletionSource<string> _runner = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<WorkerGreeting> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _noise;
    private string _name = "";

    /// <summary>The runner that the bootstrap chose.</summary>
    internal Task<string> Runner => _runner.Task;

    /// <summary>The greeting.</summary>
    internal Task<WorkerGreeting> Greeting => _greeting.Task;

    /// <summary>What came before the <c>OW1</c> line, its last 4 KB.</summary>
    internal TailBuffer Noise { get; } = new();

    /// <summary>Takes a line.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.WorkerUnusable"/> or <see cref="EngineError.ProtocolViolation"/>.
    /// </exception>
    internal void OnLine(ReadOnlySpan<byte> line)
    {
        if (_runner.Task.IsCompleted)
        {
            if (line.StartsWith("H "u8))
            {
                _greeting.TrySetResult(Parse(Encoding.UTF8.GetString(line).Split(' ')));
            }

            return;
        }

        if (line.StartsWith(_mark))
        {
            string rest = Encoding.UTF8.GetString(line[_mark.Length..]);
            if (rest.StartsWith("unusable ", StringComparison.Ordinal))
            {
                throw new OctoWorkersException(EngineError.WorkerUnusable, rest["unusable ".Length..]);
            }

            _name = rest;
            _runner.TrySetResult(rest);
            return;
        }

        _noise += line.Length + 1;
        Noise.Add(line);
        Noise.Add("\n"u8);
        if (_noise > MostNoise)
        {
            throw new OctoWorkersException(EngineError.ProtocolViolation, $"it wrote more than {MostNoise} bytes and none of them was the runner's");
        }
    }

    /// <summary>Ends both waits.</summary>
    internal void Fail(Exception failure)
    {
        _runner.TrySetException(failure);
        _greeting.TrySetException(failure);
        _ = _runner.Task.Exception;
        _ = _greeting.Task.Exception;
    }

    private WorkerGreeting Parse(string[] words)
    {
        if (words.Length < 6 || !Enum.TryParse(words[5], out TerminationMeans means))
        {
            throw new OctoWorkersException(EngineError.ProtocolViolation, $"its greeting is not one: '{string.Join(' ', words)}'");
        }

        Dictionary<string, string> capabilities = new(StringComparer.Ordinal);
        foreach (string word in words.Skip(6))
        {
            int equals = word.IndexOf('=');
            if (equals > 0)
            {
                capabilities[WireText.Decode(word[..equals])] = WireText.Decode(word[(equals + 1)..]);
            }
        }

        return new(
            _name, WireText.Decode(words[1]), WireText.Decode(words[2]), WireText.Decode(words[3]), WireText.Decode(words[4]), means, capabilities);
    }
}
