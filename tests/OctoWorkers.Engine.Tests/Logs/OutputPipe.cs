using System.Text;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Engine.Tests.Logs;

/// <summary>The way from the bytes of a script to the log, fed by hand. It can be broken off at any byte and taken up again, as another process would.</summary>
internal sealed class OutputPipe
{
    private readonly SecretKeyring keyring = new("/nowhere", Convert.ToBase64String(new byte[32]), TimeProvider.System);
    private readonly List<LogChunk> chunks = [];
    private readonly List<RunEvent> events = [];
    private readonly bool isError;
    private LineBatch batch = new(1, 1, 1);
    private StreamLevels levels = new();
    private AttemptMessages messages = null!;
    private StreamLines lines = null!;
    private byte[] all = [];

    public OutputPipe(IEnumerable<string>? secrets = null, bool isError = false)
    {
        this.isError = isError;
        Secrets = new(keyring);
        foreach (string secret in secrets ?? [])
        {
            Secrets.Add(secret);
        }

        Begin(default);
    }

    public RunSecrets Secrets { get; private set; }

    /// <summary>The events so far.</summary>
    public IReadOnlyList<RunEvent> Events => events;

    public IReadOnlyList<LogChunk> Chunks => chunks;

    public int Held => lines.Held;

    /// <summary>The lines so far, with their levels; those that were cut are put together.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            List<(LogLevel, string)> whole = [];
            string begun = "";
            foreach (LogChunk chunk in chunks)
            {
                string[] texts = Encoding.UTF8.GetString(chunk.Text.Span)[..^1].Split('\n');
                for (int index = 0; index < texts.Length; index++)
                {
                    begun += texts[index];
                    if (index < texts.Length - 1 || !chunk.Continues)
                    {
                        whole.Add((chunk.Level, begun));
                        begun = "";
                    }
                }
            }

            Xunit.Assert.Equal("", begun);
            return whole;
        }
    }

    public string Open(SealedText? text) => keyring.Open(text!.Value);

    public OutputPipe Take(string text) => Take(Encoding.UTF8.GetBytes(text));

    public OutputPipe Take(ReadOnlySpan<byte> bytes)
    {
        all = [.. all.AsSpan(all.Length - lines.Held), .. bytes];
        lines.Take(bytes);
        Store();
        return this;
    }

    /// <summary>Goes on as a process would that takes the run over: it knows what is stored and reads what is not again.</summary>
    public OutputPipe TakeOver()
    {
        byte[] rest = all[^lines.Held..];
        RunSecrets before = Secrets;
        StreamState state = lines.State;
        StreamLevels old = levels;
        levels = new() { Out = old.Out, Error = old.Error };
        Secrets = before;
        Begin(state);
        lines.Take(rest);
        Store();
        return this;
    }

    public OutputPipe End()
    {
        lines.End();
        Store();
        return this;
    }

    private void Begin(StreamState state)
    {
        StepDefinition step = new("step", new ScriptAction("true"));
        messages = new(new AttemptOrder(new(1), 1, step, 1, 1, default, null, Secrets, new(0)), levels, TimeProvider.System);
        OutputKind kind = isError ? OutputKind.Error : OutputKind.Out;
        batch = new(1, 1, batch.NextNumber);
        lines = new(kind, state, levels, Secrets, isError ? null : messages, batch);
    }

    private void Store()
    {
        chunks.AddRange(batch.Drain());
        events.AddRange(messages.Drain());
    }
}
