using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class RunTransitionsTests
{
    // A row for each state now, a column for each state wanted, in the order of the heads.
    private const string Matrix = """
                    Queued Executing Cancelling Success Failed Canceled TimedOut
        Queued      -      yes       -          -       -      yes      yes
        Executing   -      -         yes        yes     yes    -        -
        Cancelling  -      -         -          -       yes    yes      -
        Success     -      -         -          -       -      -        -
        Failed      -      -         -          -       -      -        -
        Canceled    -      -         -          -       -      -        -
        TimedOut    -      -         -          -       -      -        -
        """;

    public static TheoryData<RunStatus, RunStatus, bool> Moves()
    {
        string[][] lines = [.. Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        TheoryData<RunStatus, RunStatus, bool> moves = [];
        foreach (string[] row in lines[1..])
        {
            for (int column = 1; column < row.Length; column++)
            {
                moves.Add(Enum.Parse<RunStatus>(row[0]), Enum.Parse<RunStatus>(lines[0][column - 1]), row[column] == "yes");
            }
        }

        return moves;
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void GivenAnyTwoStates_WhenMoved_ThenOnlyTheMovesOfTheTableAreMade(RunStatus from, RunStatus to, bool allowed)
    {
        RunId run = new(7);

        Assert.Equal(allowed, RunTransitions.Allows(from, to));
        if (allowed)
        {
            Assert.Equal(to, RunTransitions.Move(run, from, to));
            return;
        }

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunTransitions.Move(run, from, to));
        Assert.Equal(EngineError.InvalidTransition, error.Error);
        Assert.Equal($"{run} cannot go from {from} to {to}.", error.Message);
    }

    [Fact]
    public void GivenTheMatrix_WhenCounted_ThenItHoldsEveryPairOfStatesOnce()
    {
        RunStatus[] all = Enum.GetValues<RunStatus>();
        HashSet<(RunStatus, RunStatus)> pairs = [.. Moves().Select(move => (move.Data.Item1, move.Data.Item2))];

        Assert.Equal(7, all.Length);
        Assert.Equal(all.Length * all.Length, Moves().Count);
        Assert.Equal(all.SelectMany(from => all.Select(to => (from, to))).ToHashSet(), pairs);
    }
}
