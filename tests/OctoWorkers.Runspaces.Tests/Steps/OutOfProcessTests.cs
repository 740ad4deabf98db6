using System.Globalization;
using System.Text;
using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Sessions in processes of this machine.</summary>
/// <param name="worker">Where they are.</param>
public sealed class OutOfProcessTests(LocalWorker worker) : StepContract(worker), IClassFixture<LocalWorker>
{
    [Fact]
    public async Task GivenAStepThatPrintsHundredMegabytes_WhenItIsFollowed_ThenEveryLineComesInOrder()
    {
        string ticket = await StartAsync(Source("$rest = 'x' * 9989; foreach ($i in 1..10000) { $i.ToString('d10') + $rest }"));
        IWorkerChannel channel = await EnterAsync();
        StringBuilder line = new();
        int count = 0;
        await foreach (AttemptSignal signal in channel.FollowAsync(ticket, default, Stop))
        {
            if (signal is not OutputRead read)
            {
                Assert.Equal(0, Assert.IsType<AttemptExited>(signal).ExitCode);
                continue;
            }

            string text = Encoding.ASCII.GetString(read.Bytes.Span);
            for (int from = 0; from < text.Length;)
            {
                int end = text.IndexOf('\n', from);
                line.Append(text, from, (end < 0 ? text.Length : end) - from);
                from = end < 0 ? text.Length : end + 1;
                if (end >= 0)
                {
                    count++;
                    Assert.Equal(9999, line.Length);
                    Assert.Equal(count, int.Parse(line.ToString(0, 10), CultureInfo.InvariantCulture));
                    line.Clear();
                }
            }
        }

        Assert.Equal((10_000, 0), (count, line.Length));
    }
}
