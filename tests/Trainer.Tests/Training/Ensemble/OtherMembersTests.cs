using MlNetShallowNet.Engine;
using MlNetShallowNet.Options;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Which of the members of other kinds stand beside the networks, also where training ends while they are fitted.</summary>
public class OtherMembersTests
{
    private static readonly DenseRows _rows = MadeUpRows.Dense(800, 3);
    private static readonly HeldOutParts _parts = MembersByHand.Parts(_rows, 4, 1);

    // Networks that know nothing.
    private static OutOfFoldScores Networks(HeldOutParts parts)
    {
        int[] left = [.. Enumerable.Range(0, _rows.Count).Where(i => parts.PartOf[i] < parts.Count)];
        return new OutOfFoldScores(
            left, [.. left.Select(_ => 1)], [.. left.Select(i => i % 2 * 0.1)], [.. left.Select(i => (double)_rows.Labels[i])], [.. left.Select(_ => 1.0)]);
    }

    // Ends training when the state is kept so often: it is after each kind.
    private sealed class Ending(CancellationTokenSource source, int after) : ICheckpoint
    {
        private int _written;

        public bool IsDue => true;

        public void Write(Action<StateExchange> exchange)
        {
            if (++_written == after)
                source.Cancel();
        }

        public void Read(Action<StateExchange> exchange)
        {
        }
    }

    private static OtherMembers? Train(int endAfter, RowSubset? forTrees = null, HeldOutParts? parts = null, Func<LinearPlan, LinearPlan>? line = null)
    {
        using var source = new CancellationTokenSource();
        if (endAfter == 0)
            source.Cancel();
        using TrainingData data = TrainingProblem.Data(_rows);
        TrainingSettings settings = Plan.Make(new() { NumberOfThreads = 1 }, data.Shape, null, seed: 1) with
        {
            Line = line is null ? LinearPlan.ForDenseRows : line(LinearPlan.ForDenseRows),
            Trees = new TreePlan(Rounds: 10),
            CancellationToken = source.Token,
            Checkpoint = new Ending(source, endAfter),
        };
        parts ??= _parts;
        // Without rows nothing can be begun.
        return OtherMembers.Train(
            endAfter == 0 ? null! : _rows, forTrees ?? new RowSubset(_rows, null), parts, Networks(parts), settings, new RunState([], null, data, settings));
    }

    private static double[] Weights(OtherMembers? others) => others!.Weigh(Networks(_parts)).Weights;

    [Fact]
    public void BothCount() => Assert.All(Weights(Train(endAfter: 3))[1..], weight => Assert.NotEqual(0, weight));

    [Fact]
    public void ALineThatWasDoneIsKeptWhereTrainingEndsDuringTheTrees()
    {
        double[] weights = Weights(Train(endAfter: 2));
        Assert.NotEqual(0, weights[1]);
        Assert.Equal(0, weights[2]);
    }

    [Fact]
    public void NothingIsBegunOnceTrainingHasEnded() => Assert.Null(Train(endAfter: 0));

    [Fact]
    public void ALineThatRanAwayIsNone()
    {
        double[] weights = Weights(Train(endAfter: 3, line: plan => plan with { Penalties = [double.NaN], LassoShares = [] }));
        Assert.Equal(0, weights[1]);
        Assert.NotEqual(0, weights[2]);
    }

    /// <summary>As of a stream, whose sample may have hardly more rows than those that the networks leave out.</summary>
    [Theory]
    [InlineData(4, 4)]
    [InlineData(7, 8)]
    [InlineData(4, 8)]
    public void TreesOfSomeRowsHaveRowsToBeTrainedOn(int leftOut, int of)
    {
        HeldOutParts parts = MembersByHand.Parts(_rows, of, 1) with { Count = leftOut };
        OtherMembers? others = Train(endAfter: 3, RowSubset.Spread(_rows, 600), parts);
        Assert.NotEqual(0, others!.Weigh(Networks(parts)).Weights[2]);
        HeldOutParts together = parts.Together();
        Assert.InRange(together.RowsBut(0).Length, _rows.Count / 4, _rows.Count * 7 / 8);
        Assert.Equal(2 * leftOut > of ? leftOut : 1, together.Count);
    }
}
