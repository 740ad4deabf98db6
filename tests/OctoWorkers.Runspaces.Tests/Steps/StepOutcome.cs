using System.Text;
using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>What a step wrote and how it ended.</summary>
/// <param name="Out">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="ExitCode">Its exit code; null: none.</param>
internal sealed record StepOutcome(string Out, string Error, int? ExitCode)
{
    /// <summary>Follows a step to its end, or until its output is as wanted.</summary>
    internal static async Task<StepOutcome> FollowAsync(IAsyncEnumerable<AttemptSignal> signals, Func<string, bool>? until = null)
    {
        StringBuilder output = new();
        StringBuilder error = new();
        int? code = null;
        await foreach (AttemptSignal signal in signals)
        {
            if (signal is OutputRead read)
            {
                (read.Stream == OutputKind.Out ? output : error).Append(Encoding.UTF8.GetString(read.Bytes.Span));
                if (until?.Invoke(output.ToString()) == true)
                {
                    break;
                }
            }
            else
            {
                code = Assert.IsType<AttemptExited>(signal).ExitCode;
            }
        }

        return new(output.ToString(), error.ToString(), code);
    }
}
