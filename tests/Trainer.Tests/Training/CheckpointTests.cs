using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Persistence;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>A training that is killed after any of its checkpoints goes on from it and ends with the same bits.</summary>
public class CheckpointTests
{
    private sealed class Killed : Exception;

    // Kept in memory; the training is killed right after it was written so often.
    private sealed class Memory(int killAfter = int.MaxValue) : ICheckpoint
    {
        public byte[]? Kept { get; set; }

        public int Written { get; private set; }

        public bool IsDue => true;

        public void Write(Action<StateExchange> exchange)
        {
            using var stream = new MemoryStream();
            using var writer = new StateWriter(stream);
            exchange(writer);
            Kept = stream.ToArray();
            if (++Written == killAfter)
                throw new Killed();
        }

        public void Read(Action<StateExchange> exchange)
        {
            if (Kept is null)
                return;
            using var stream = new MemoryStream(Kept);
            var reader = new StateReader(stream, Kept.Length);
            exchange(reader);
            reader.End();
        }
    }

    private sealed class Epochs : IProgress<TrainingProgress>
    {
        public int Count { get; private set; }

        public void Report(TrainingProgress value) => Count++;
    }

    public sealed record Kind(string Name, bool Sparse, int? BlockRows, Action<ShallowNetworkTrainer.Options> Set, bool GoesOn = false, bool Validates = false, int Rows = 600)
    {
        public override string ToString() => Name;
    }

    public static TheoryData<Kind> Kinds() => new(
        new Kind("one, all rows", false, null, o => o.ValidationFraction = 0),
        new Kind("one, stopped early, with dropout", false, null, o => (o.HiddenDropout, o.Patience, o.NumberOfIterations) = (0.2, 2, 12)),
        new Kind("one, rows of validation", false, null, o => o.FeatureEncoding = FeatureEncoding.None, Validates: true),
        new Kind("decoupled decay", false, null, o => o.Solver = Solver.AdamW),
        new Kind("momentum", false, null, o => o.Solver = Solver.Sgd),
        new Kind("gradient descent", false, null, o => o.Solver = Solver.GradientDescent),
        new Kind("gradient descent with dropout", false, null, o => (o.Solver, o.HiddenDropout) = (Solver.GradientDescent, 0.2)),
        new Kind("L-BFGS", false, null, o => (o.Solver, o.NumberOfIterations) = (Solver.Lbfgs, 25)),
        new Kind("L-BFGS on encoded features", false, null, o => (o.Solver, o.FeatureEncoding) = (Solver.Lbfgs, FeatureEncoding.PiecewiseLinear)),
        new Kind("sparse, rows of W1 wait", true, null, o => o.L2Regularization = 0),
        new Kind("sparse, momentum", true, null, o => (o.Solver, o.L2Regularization) = (Solver.Sgd, 0)),
        new Kind("three", false, null, o => o.Members = 3),
        new Kind("three, sparse", true, null, o => (o.Members, o.L2Regularization) = (3, 0)),
        new Kind("as many as by default, a line and trees", false, null, o => (o.Members, o.HiddenUnits) = (null, null)),
        new Kind("streamed", false, 170, o => o.Members = 2),
        new Kind("streamed, sparse", true, 170, o => o.L2Regularization = 0),
        new Kind("streamed, a line and trees of some of the rows", false, 170, o => (o.Members, o.HiddenUnits) = (2, null), Rows: 1500),
        new Kind("gone on from a network", false, null, _ => { }, GoesOn: true),
        new Kind("gone on from a network, streamed", false, 170, o => (o.L2Regularization, o.NumberOfIterations) = (0.1, 3), GoesOn: true));

    private static TrainedNetwork Train(Kind of, ICheckpoint? checkpoint, IProgress<TrainingProgress>? progress = null)
    {
        TrainingRows rows = of.Sparse ? TrainingProblem.Sparse(of.Rows) : TrainingProblem.Dense(of.Rows, weighted: true);
        if (of.GoesOn && rows is DenseRows dense)
        {
            for (int i = 0; i < rows.Count; i++)
                dense.Values[i * 4 + 3] = 0; // keeps the network's weights
        }
        var options = new ShallowNetworkTrainer.Options
        {
            Members = of.GoesOn ? null : 1,
            HiddenUnits = 12,
            NumberOfIterations = 5,
            NumberOfThreads = 2,
            BatchSize = 50,
            Progress = progress,
        };
        of.Set(options);
        NetworkParameters? initial = of.GoesOn ? NetworkInitializer.Draw(4, 12, Activation.ReLU, WeightInitialization.He, 3) : null;
        TrainingRows? validation = of.Validates ? TrainingProblem.Dense(200, seed: 9) : null;
        return TrainingProblem.Train(TrainingProblem.Data(rows, of.BlockRows), options, initial, validation: validation, checkpoint: checkpoint);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void KilledAfterAnyCheckpointItEndsWithTheSameBits(Kind of)
    {
        var whole = new Memory();
        var epochs = new Epochs();
        TrainedNetwork expected = Train(of, whole, epochs);
        Assert.Equal(TrainingProblem.All(Train(of, null)), TrainingProblem.All(expected));
        Assert.True(whole.Written > 3, $"{whole.Written}");
        for (int killed = 1; killed <= whole.Written; killed++)
        {
            var checkpoint = new Memory(killed);
            Epochs before = new(), after = new();
            Assert.Throws<Killed>(() => Train(of, checkpoint, before));
            TrainedNetwork resumed = Train(of, new Memory { Kept = checkpoint.Kept }, after);
            Assert.Equal(TrainingProblem.All(expected), TrainingProblem.All(resumed));
            Assert.Equal(expected.History.Epochs, resumed.History.Epochs);
            Assert.Equal(expected.History.BestEpoch, resumed.History.BestEpoch);
            Assert.Equal(expected.Estimate, resumed.Estimate);
            Assert.Equal(expected.Calibration, resumed.Calibration);
            Assert.Equal(epochs.Count, before.Count + after.Count);
        }
    }

    [Fact]
    public void NoAlteredStateIsWorseThanRefused()
    {
        Kind[] some = [new("line, trees", false, null, o => (o.Members, o.HiddenUnits, o.NumberOfIterations) = (null, null, 2)), new("L-BFGS", false, null, o => o.Solver = Solver.Lbfgs)];
        var random = new Random(5);
        int refused = 0;
        foreach (Kind of in some)
        {
            var whole = new Memory();
            Train(of, whole);
            for (int i = 0; i < 150; i++)
            {
                byte[] altered = [.. whole.Kept!];
                for (int k = random.Next(1, 4); k > 0; k--)
                    altered[random.Next(altered.Length)] ^= (byte)(1 << random.Next(8));
                if (i % 3 == 0)
                    altered = altered[..random.Next(altered.Length)];
                try
                {
                    Train(of, new Memory { Kept = altered });
                }
                catch (Exception error) when (error is InvalidDataException || (error is InvalidOperationException && error.Message.StartsWith("Training diverged", StringComparison.Ordinal)))
                {
                    refused++;
                }
            }
        }
        Assert.True(refused >= 100, $"{refused}");
    }

    [Fact]
    public void CountsBeyondWhatIsThereAllocateNothing()
    {
        var whole = new Memory();
        var of = new Kind("one", false, null, o => o.ValidationFraction = 0);
        Train(of, whole);
        byte[] altered = [.. whole.Kept!];
        BitConverter.TryWriteBytes(altered, int.MaxValue); // the number of epochs
        Assert.Throws<InvalidDataException>(() => Train(of, new Memory { Kept = altered }));
    }
}
