using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class FittedEncodingTests
{
    private static DenseRows Rows(float[]? weights, params float[][] columns)
    {
        int m = columns[0].Length;
        float[] values = [.. Enumerable.Range(0, m).SelectMany(i => columns.Select(c => c[i]))];
        return new DenseRows(columns.Length, values, [.. Enumerable.Range(0, m).Select(i => (float)(i % 2))], weights);
    }

    private static float[] Column(int count, Func<int, float> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static InputEncoding Fit(int intervals, params float[][] columns) => FittedEncoding.Fit(Rows(null, columns), intervals, 1).Encoding;

    [Fact]
    public void KnotsAreAtQuantiles()
    {
        InputEncoding encoding = Fit(4, Column(401, i => i * 137 % 401));
        Assert.Equal([0, 100, 200, 300, 400], encoding.Knots(0).ToArray());
        Assert.Equal((0, 400), (encoding.Lower[0], encoding.Upper[0]));
    }

    [Fact]
    public void AFrequentValueGetsAKnotAndTheOthersShareTheRest()
    {
        // Two thirds zeros, the rest 1 to 100.
        float[] knots = Fit(4, Column(300, i => i < 200 ? 0 : i - 199)).Knots(0).ToArray();
        Assert.Equal([0, 26, 51, 76, 100], knots);
    }

    [Fact]
    public void WeightsMoveQuantiles()
    {
        float[] x = Column(100, i => i);
        float[] heavyAbove = Column(100, i => i < 50 ? 1 : 3);
        float median = FittedEncoding.Fit(Rows(heavyAbove, x), 2, 1).Encoding.Knots(0)[1];
        Assert.Equal(66, median); // 50 + 3 * 50 = 200; half of it is passed at 50 + 50 / 3
    }

    [Fact]
    public void ConstantAndRepeatedFeaturesAreLeftOut()
    {
        float[] x = Column(50, i => i * 7 % 50);
        InputEncoding encoding = Fit(4, Column(50, _ => 1234.5f), x, x, Column(50, i => i % 2), Column(50, i => 1 - i % 2));
        Assert.Equal([0, 5, 0, 1, 1], Enumerable.Range(0, 5).Select(d => encoding.Knots(d).Length));
    }

    [Fact]
    public void OnlyConstantFeaturesStillMakeARow()
    {
        InputEncoding encoding = Fit(4, Column(9, _ => 3), Column(9, _ => 0));
        Assert.Equal(1, encoding.ColumnCount);
    }

    [Fact]
    public void HugeRangesStayFinite()
    {
        InputEncoding encoding = Fit(8, Column(100, i => i == 99 ? 3e38f : i), Column(100, i => 1e-38f * i), Column(100, i => (i - 50) * 6e36f));
        float[] columns = new float[encoding.ColumnCount];
        foreach (float x in new[] { -3e38f, 0, 1e-40f, 17, 3e38f })
        {
            encoding.Encode([x, x, x], columns);
            Assert.All(columns, c => Assert.InRange(c, 0, 1));
        }
    }

    [Fact]
    public void QuantilesOfManyRowsCoverTheWholeRange()
    {
        // More rows than quantiles are taken of; the ends are in rows that are passed over.
        float[] x = Column(120_000, i => i == 1 ? -50 : i == 119_999 ? 5000 : i % 1000);
        InputEncoding encoding = Fit(8, x);
        Assert.Equal((-50, 5000), (encoding.Knots(0)[0], encoding.Knots(0)[^1]));
        Assert.InRange(encoding.Knots(0)[4], 450, 550);
    }

    [Fact]
    public void TrainingSeesWhatTheModelScores()
    {
        // A network on the columns that training reads, folded, gives the same scores on the model's columns.
        var random = new Random(5);
        DenseRows rows = Rows(null, Column(80, _ => random.NextSingle() * 100 - 30), Column(80, i => i % 3 == 0 ? 7 : -2), Column(80, _ => MathF.Exp(random.NextSingle() * 9)));
        FittedEncoding fitted = FittedEncoding.Fit(rows, 5, 1);
        SparseRows trained = fitted.Encode(rows);
        int T = fitted.Encoding.ColumnCount;
        NetworkParameters network = NetworkInitializer.Draw(T, 6, Activation.Tanh, WeightInitialization.Auto, 4);
        NetworkParameters folded = FirstLayer.Changed(network, fitted.Fold);
        float[] columns = new float[T];
        for (int i = 0; i < rows.Count; i++)
        {
            double[] seen = new double[T];
            for (int k = trained.RowStarts[i]; k < trained.RowStarts[i + 1]; k++)
                seen[trained.Indices[k]] = trained.Values[k];
            fitted.Encoding.Encode(rows.Values.AsSpan(i * 3, 3), columns);
            Assert.Equal(Score(network, seen), Score(folded, Array.ConvertAll(columns, c => (double)c)), 1e-6);
        }

        static double Score(NetworkParameters n, double[] x) =>
            TextbookNetwork.Forward(n, MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfColumnArrays(x)).Z2[0, 0];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void TheGradientOfLinesAndRampsIsThatOfTheLoss(int hiddenUnits)
    {
        var random = new Random(8);
        DenseRows rows = Rows(null, Column(60, _ => random.NextSingle()), Column(60, i => i % 5 == 0 ? 1 : 0), Column(60, _ => random.NextSingle() - 0.5f));
        var inputs = new EncodedInputs(rows, 4, 1);
        var settings = new TrainingSettings
        {
            HiddenUnits = hiddenUnits,
            Activation = Activation.Tanh,
            Initialization = WeightInitialization.Auto,
            Solver = Solver.Adam,
            LearningRate = 0.01,
            BatchSize = 60,
            Epochs = 1,
            Seed = 3,
            Threads = 1,
            RampScale = 1.7,
        };
        NetworkParameters start = NetworkInitializer.Draw(inputs.DrawnFeatures, hiddenUnits, Activation.Tanh, WeightInitialization.Auto, 3);
        using INetworkInTraining network = inputs.CreateNetwork(start, settings);
        float[] gradient = new float[network.Parameters.Length];
        network.Gradient([], gradient);
        const float Step = 1 / 64f;
        int moved = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            float before = network.Parameters[i];
            network.Parameters[i] = before + Step;
            double above = network.Loss([]).Mean;
            network.Parameters[i] = before - Step;
            double below = network.Loss([]).Mean;
            network.Parameters[i] = before;
            double slope = (above - below) / (2 * Step);
            // The central difference errs by step² times a third derivative of size 1, and by the rounding of a loss of size 1 over the step.
            Assert.Equal(slope, gradient[i], 1e-3);
            moved += Math.Abs(slope) > 1e-3 ? 1 : 0;
        }

        Assert.True(moved > hiddenUnits, "Most parameters matter.");
    }
}
