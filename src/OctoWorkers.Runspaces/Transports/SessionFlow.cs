using System.Buffers.Binary;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>
/// Lets no more come from a worker than is taken. PowerShell keeps what has come and was not taken, without a bound, and its protocol knows no other way to make the worker wait than not
/// to read what it writes.
/// </summary>
/// <remarks>Each message of the process's PowerShell is a fragment of an object, of which the head tells all that is needed here: its place in the object, and what the object is.</remarks>
public sealed class SessionFlow
{
    /// <summary>How large an object may be that comes, in bytes as it is sent, unless the user of the session wants it otherwise.</summary>
    public const int DefaultLargest = 200 << 20;

    private const string Owner = "PSGuid='";
    private const int HeadLength = 21;
    private const int TypeEnd = HeadLength + 8;
    private const int Start = 1;
    private const int End = 2;

    // Base64 has four characters for three bytes.
    private const int HeadText = (TypeEnd + 2) / 3 * 4;

    private volatile PipelineFlow? _watched;
    private long _weight;
    private bool _isRecord;
    private volatile bool _isOver;

    /// <summary>Watches what comes from a pipeline that is about to begin; there is one at a time.</summary>
    /// <param name="pipeline">Its id.</param>
    /// <param name="largest">How large an object may be, in bytes; null: as large as it likes.</param>
    /// <returns>What is to be told when something was taken. Disposing of it ends watching.</returns>
    public PipelineFlow Watch(Guid pipeline, int? largest)
    {
        PipelineFlow flow = new(pipeline, largest);
        _watched = flow;
        if (_isOver)
        {
            flow.Dispose();
        }

        return flow;
    }

    /// <summary>Looks at a message before it is handed on, and waits while too much was not taken.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="InvalidDataException">It is of an object that is too large.</exception>
    internal void Pass(string message)
    {
        if (_watched is not { IsOver: false } flow || !TryFindText(message, flow, out ReadOnlySpan<char> text))
        {
            return;
        }

        Span<byte> head = stackalloc byte[HeadText / 4 * 3];
        if (!Convert.TryFromBase64Chars(text[..Math.Min(HeadText, text.Length / 4 * 4)], head, out int length) || length < HeadLength)
        {
            return;
        }

        int place = head[16];
        if ((place & Start) != 0)
        {
            _weight = 0;
            _isRecord = length >= TypeEnd && IsRecord(BinaryPrimitives.ReadInt32LittleEndian(head[(HeadLength + 4)..]));
            if (_isRecord)
            {
                flow.Enter();
            }
        }

        _weight += BinaryPrimitives.ReadInt32BigEndian(head[17..]);
        if (_weight > flow.Largest)
        {
            throw new InvalidDataException(FormattableString.Invariant($"A result of more than {flow.Largest / (double)(1 << 20):0.#} MB came"));
        }

        if (_isRecord && (place & End) != 0)
        {
            flow.Add(_weight);
        }
    }

    /// <summary>The session ends: nothing waits any more.</summary>
    internal void Stop()
    {
        _isOver = true;
        _watched?.Dispose();
    }

    private static bool TryFindText(string message, PipelineFlow flow, out ReadOnlySpan<char> text)
    {
        text = default;
        if (!message.StartsWith("<Data ", StringComparison.Ordinal))
        {
            return false;
        }

        int owner = message.IndexOf(Owner, StringComparison.Ordinal) + Owner.Length;
        int begin = message.IndexOf('>', StringComparison.Ordinal) + 1;
        int end = message.LastIndexOf('<');
        if (owner < Owner.Length || begin <= owner || end < begin || !Guid.TryParse(message.AsSpan(owner, Math.Min(36, begin - owner)), out Guid id) || id != flow.Pipeline)
        {
            return false;
        }

        text = message.AsSpan(begin, end - begin);
        return true;
    }

    // [MS-PSRP] 2.2.1: PIPELINE_OUTPUT, ERROR_RECORD, and DEBUG_RECORD to INFORMATION_RECORD.
    private static bool IsRecord(int type) => type is 0x00041004 or 0x00041005 or 0x00041007 or 0x00041008 or 0x00041009 or 0x00041010 or 0x00041011;
}
