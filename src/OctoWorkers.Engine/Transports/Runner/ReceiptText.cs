using System.Globalization;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>Reads a receipt: <c>VERDICT MEANS ended PID:NAME:SIGNAL … left PID:NAME:SIGNAL …</c>.</summary>
internal static class ReceiptText
{
    /// <summary>The receipt; null: the answer is none.</summary>
    internal static TerminationReceipt? Parse(Answer answer)
    {
        if (!Enum.TryParse(answer.Word, out TerminationVerdict verdict)
            || answer.Rest.Count < 3
            || !Enum.TryParse(answer.Rest[0], out TerminationMeans means)
            || answer.Rest[1] != "ended")
        {
            return null;
        }

        List<EndedProcess> ended = [];
        List<EndedProcess> left = [];
        List<EndedProcess> current = ended;
        foreach (string word in answer.Rest.Skip(2))
        {
            if (word == "left")
            {
                current = left;
            }
            else if (Process(word) is { } process)
            {
                current.Add(process);
            }
            else
            {
                return null;
            }
        }

        return new(verdict, means, ended, left);
    }

    private static EndedProcess? Process(string word)
        => word.Split(':') is [var id, var name, var signal]
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new(number, WireText.Decode(name), signal)
            : null;
}
