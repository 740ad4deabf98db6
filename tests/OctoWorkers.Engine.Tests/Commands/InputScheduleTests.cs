using OctoWorkers.Engine.Commands;
using Xunit;

namespace OctoWorkers.Engine.Tests.Commands;

public sealed class InputScheduleTests
{
    [Fact]
    public void GivenOneInput_WhenWorkersAreClosed_ThenOneLaneIsOpened()
    {
        InputSchedule schedule = new([1, 1, 1], int.MaxValue, isForEach: false);
        schedule.Add(1);

        Assert.Equal([new ScheduleStep(ScheduleStepKind.Open, 0)], Steps(schedule));
    }

    [Fact]
    public void GivenInputs_WhenLanesOpen_ThenTheyGoToThoseThatOpenFirst()
    {
        InputSchedule schedule = new([1, 1], int.MaxValue, isForEach: false);
        schedule.Add(1);
        schedule.Add(2);
        Assert.Equal([new(ScheduleStepKind.Open, 0), new ScheduleStep(ScheduleStepKind.Open, 1)], Steps(schedule));

        schedule.Opened(1);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Run, 1, 1)], Steps(schedule));
        schedule.Ended(1, isUsable: true);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Run, 1, 2)], Steps(schedule));
        schedule.Opened(0);
        Assert.Empty(Steps(schedule));
    }

    [Fact]
    public void GivenThrottle_WhenMoreInputsWait_ThenNoMoreLanesAreOpened()
    {
        InputSchedule schedule = new([1, 1, 1, 1], 2, isForEach: false);
        while (schedule.WantsInput)
        {
            schedule.Add(schedule.GetHashCode());
        }

        Assert.Equal(2, Steps(schedule).Count);
    }

    [Fact]
    public void GivenTwoLanesPerWorker_WhenInputsCome_ThenEachWorkerGetsOneBeforeAnyGetsTwo()
    {
        InputSchedule schedule = new([2, 2], int.MaxValue, isForEach: false);
        for (int input = 1; input <= 4; input++)
        {
            schedule.Add(input);
        }

        Assert.Equal([0, 1, 0, 1], Steps(schedule).Select(step => schedule.WorkerOf(step.Lane)));
    }

    [Fact]
    public void GivenFailedInput_WhenItRunsAgain_ThenAnotherWorkerIsTaken()
    {
        InputSchedule schedule = new([1, 1], int.MaxValue, isForEach: false);
        schedule.Add(1);
        Steps(schedule);
        schedule.Opened(0);
        Steps(schedule);
        schedule.Ended(0, isUsable: true);
        schedule.AddAgain(1, worker: 0);

        Assert.Equal([new ScheduleStep(ScheduleStepKind.Open, 1)], Steps(schedule));
        schedule.Opened(1);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Run, 1, 1)], Steps(schedule));
    }

    [Fact]
    public void GivenFailedInput_WhenThereIsNoOtherWorker_ThenItRunsThereAgain()
    {
        InputSchedule schedule = new([1], int.MaxValue, isForEach: false);
        schedule.Add(1);
        Steps(schedule);
        schedule.Opened(0);
        Steps(schedule);
        schedule.Ended(0, isUsable: true);
        schedule.AddAgain(1, worker: 0);

        Assert.Equal([new ScheduleStep(ScheduleStepKind.Run, 0, 1)], Steps(schedule));
    }

    [Fact]
    public void GivenWorkerThatCannotBeOpened_WhenAnotherIsThere_ThenItDoesTheWork()
    {
        InputSchedule schedule = new([1, 1], int.MaxValue, isForEach: false);
        schedule.Add(1);
        Steps(schedule);
        schedule.OpeningFailed(0);

        Assert.False(schedule.IsStranded);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Open, 1)], Steps(schedule));
        schedule.OpeningFailed(1);
        Assert.True(schedule.IsStranded);
        Assert.Equal([1L], schedule.TakeStranded());
        Assert.True(schedule.IsIdle);
    }

    [Fact]
    public void GivenDismissedWorker_WhenItsLanesAreOpen_ThenTheyAreClosedAndGetNothing()
    {
        InputSchedule schedule = new([2, 1], int.MaxValue, isForEach: false);
        for (int input = 1; input <= 3; input++)
        {
            schedule.Add(input);
        }

        Steps(schedule);
        schedule.Opened(0);
        schedule.Opened(1);
        schedule.Opened(2);
        Steps(schedule);
        int other = Enumerable.Range(0, 3).First(lane => schedule.WorkerOf(lane) == 1);
        int idle = Enumerable.Range(0, 3).Last(lane => schedule.WorkerOf(lane) == 0);
        schedule.Ended(idle, isUsable: true);

        Assert.Equal([idle], schedule.Dismiss(0));
        Assert.False(schedule.IsIn(0));
        Assert.True(schedule.IsIn(1));
        schedule.Ended(other, isUsable: true);
        schedule.Add(4);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Run, other, 4)], Steps(schedule));
    }

    [Fact]
    public void GivenEachWorkerGetsEveryInput_WhenThrottleIsLower_ThenLanesThatAreDoneMakeRoom()
    {
        InputSchedule schedule = new([1, 1], 1, isForEach: true);
        schedule.Add(1, worker: 0);
        schedule.Add(2, worker: 1);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Open, 0)], Steps(schedule));
        schedule.Opened(0);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Run, 0, 1)], Steps(schedule));
        schedule.Ended(0, isUsable: true);

        Assert.Equal([new(ScheduleStepKind.Close, 0), new ScheduleStep(ScheduleStepKind.Open, 1)], Steps(schedule));
        schedule.Opened(1);
        Assert.Equal([new ScheduleStep(ScheduleStepKind.Run, 1, 2)], Steps(schedule));
    }

    [Fact]
    public void GivenEachWorkerGetsEveryInput_WhenOneIsSlow_ThenInputsAreHeldBack()
    {
        InputSchedule schedule = new([1, 1], int.MaxValue, isForEach: true);
        int count = 0;
        while (schedule.WantsInput)
        {
            schedule.Add(++count, worker: 0);
            schedule.Add(++count, worker: 1);
            foreach (ScheduleStep step in Steps(schedule))
            {
                if (step.Kind == ScheduleStepKind.Open)
                {
                    schedule.Opened(step.Lane);
                }
            }

            // The first worker is quick, the second one never ends its first input.
            foreach (ScheduleStep step in Steps(schedule).Where(step => step is { Kind: ScheduleStepKind.Run, Lane: 0 }))
            {
                schedule.Ended(step.Lane, isUsable: true);
            }

            Assert.True(count < 1000, "Inputs are taken without end.");
        }
    }

    private static List<ScheduleStep> Steps(InputSchedule schedule)
    {
        List<ScheduleStep> steps = [];
        while (schedule.Next() is { } step)
        {
            steps.Add(step);
        }

        return steps;
    }
}
