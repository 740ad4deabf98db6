using System.Buffers.Binary;
using OctoWorkers.Runspaces.Transports;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Transports;

public sealed class SessionFlowTests
{
    private const int Output = 0x00041004;
    private const int State = 0x00041006;
    private static readonly Guid Pipeline = Guid.NewGuid();
    private readonly SessionFlow _flow = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenResultsThatNobodyTakes_WhenMoreCome_ThenTheyWaitUntilHalfIsTaken()
    {
        using PipelineFlow watched = _flow.Watch(Pipeline, null);
        int passed = 0;
        Task reading = Task.Run(
            () =>
            {
                for (; passed < 2 * PipelineFlow.MostRecords; Interlocked.Increment(ref passed))
                {
                    _flow.Pass(Message(Pipeline, Output, 10));
                }
            }, Stop);
        await Eventually.HoldsAsync(() => Volatile.Read(ref passed) == PipelineFlow.MostRecords, "the results did not come", Stop);

        watched.Take((PipelineFlow.MostRecords / 2) - 1);
        Assert.Equal(PipelineFlow.MostRecords, Volatile.Read(ref passed));
        watched.Take(1);

        await Eventually.HoldsAsync(() => Volatile.Read(ref passed) == PipelineFlow.MostRecords * 3 / 2, "no more came", Stop);
        watched.Dispose();
        await reading.WaitAsync(TimeSpan.FromMinutes(2), Stop);
    }

    [Fact]
    public async Task GivenResultsThatNobodyTakes_WhenSomebodyWaitsForThat_ThenTheTimeIsCounted()
    {
        using PipelineFlow watched = _flow.Watch(Pipeline, null);
        _flow.Pass(Message(Pipeline, Output, (int)PipelineFlow.MostBytes));
        Assert.Equal(TimeSpan.Zero, watched.Waited);
        Task reading = Task.Run(() => _flow.Pass(Message(Pipeline, Output, 10)), Stop);
        await Eventually.HoldsAsync(() => watched.Waited > TimeSpan.Zero, "nobody waits", Stop);
        TimeSpan before = watched.Waited;
        await Eventually.HoldsAsync(() => watched.Waited > before, "the time stands still", Stop);

        watched.Take(1);
        await reading.WaitAsync(TimeSpan.FromMinutes(2), Stop);

        TimeSpan whole = watched.Waited;
        Assert.True(whole > before);
        Assert.Equal(whole, watched.Waited);
    }

    [Fact]
    public async Task GivenResultsThatNobodyTakes_WhenTheSessionEnds_ThenNothingWaits()
    {
        using PipelineFlow watched = _flow.Watch(Pipeline, null);
        _flow.Pass(Message(Pipeline, Output, (int)PipelineFlow.MostBytes));
        Task reading = Task.Run(() => _flow.Pass(Message(Pipeline, Output, 10)), Stop);

        _flow.Stop();

        await reading.WaitAsync(TimeSpan.FromMinutes(2), Stop);
    }

    [Fact]
    public void GivenMessagesThatAreNoResults_WhenTheyCome_ThenTheyAreNotCounted()
    {
        using PipelineFlow watched = _flow.Watch(Pipeline, null);
        for (int i = 0; i < 2 * PipelineFlow.MostRecords; i++)
        {
            _flow.Pass(Message(Pipeline, State, 10));
            _flow.Pass(Message(Guid.NewGuid(), Output, 10));
            _flow.Pass($"<DataAck PSGuid='{Pipeline}' />");
            _flow.Pass("no message");
            _flow.Pass($"<Data Stream='Default' PSGuid='{Pipeline}'>cut</Data>");
        }
    }

    [Fact]
    public void GivenAnObjectInParts_WhenItBecomesTooLarge_ThenItIsRefused()
    {
        using PipelineFlow watched = _flow.Watch(Pipeline, 100);
        _flow.Pass(Message(Pipeline, Output, 60, place: 1));

        Assert.Throws<InvalidDataException>(() => _flow.Pass(Message(Pipeline, Output, 60, place: 2)));
    }

    // As [MS-PSRP] 2.2.4 has it: the object, the place in it, whether it is the first (1) or the last part (2), its length; then whom it is for and what it is.
    private static string Message(Guid pipeline, int type, int length, int place = 3)
    {
        byte[] bytes = new byte[21 + length];
        bytes[7] = 1;
        bytes[16] = (byte)place;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(17), length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(25), type);
        return $"<Data Stream='Default' PSGuid='{pipeline}'>{Convert.ToBase64String(bytes)}</Data>";
    }
}
