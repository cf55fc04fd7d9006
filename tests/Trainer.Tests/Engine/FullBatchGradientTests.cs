using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>The double-precision gradient over all rows, held to the textbook.</summary>
public class FullBatchGradientTests
{
    private const int D = 5;
    private const int H = 3;

    public static TheoryData<string, bool, bool> Cases()
    {
        var data = new TheoryData<string, bool, bool>();
        foreach (IActivation activation in Activation.BuiltIn)
        {
            data.Add(activation.Name, false, false);
            data.Add(activation.Name, true, true);
        }

        return data;
    }

    private static TrainingRows Rows(int m, bool sparse, bool weighted)
    {
        var random = new Random(m);
        float[] values = [.. Enumerable.Range(0, m * D).Select(_ => random.NextDouble() < 0.4 ? 0 : (float)random.NextDouble() * 4 - 2)];
        float[] labels = [.. Enumerable.Range(0, m).Select(_ => random.Next(2))];
        float[]? weights = weighted ? [.. Enumerable.Range(0, m).Select(_ => (float)random.NextDouble() + 0.1f)] : null;
        if (!sparse)
            return new DenseRows(D, values, labels, weights);
        var starts = new List<int> { 0 };
        var indices = new List<int>();
        for (int i = 0; i < m; i++)
        {
            indices.AddRange(Enumerable.Range(0, D).Where(d => values[i * D + d] != 0));
            starts.Add(indices.Count);
        }

        return new SparseRows(D, [.. starts], [.. indices], [.. values.Where(v => v != 0)], labels, weights);
    }

    private static Matrix<double> X(TrainingRows rows)
    {
        Matrix<double> X = Matrix<double>.Build.Dense(D, rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows is DenseRows dense)
                X.SetColumn(i, [.. dense.Values[(i * D)..((i + 1) * D)].Select(v => (double)v)]);
            if (rows is SparseRows sparse)
            {
                for (int k = sparse.RowStarts[i]; k < sparse.RowStarts[i + 1]; k++)
                    X[sparse.Indices[k], i] = sparse.Values[k];
            }
        }

        return X;
    }

    private static double[] Flat(NetworkParameters p) => [.. p.W1.ToRowMajorArray(), .. p.B1, .. p.W2.ToRowMajorArray(), p.B2];

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsTheTextbooks(string activation, bool sparse, bool weighted)
    {
        foreach (int m in new[] { 1, 7, 513, 1500 })
        {
            TrainingRows rows = Rows(m, sparse, weighted);
            NetworkParameters network = NetworkInitializer.Draw(D, H, Activation.ByName(activation), WeightInitialization.Xavier, 4);
            Matrix<double> X = FullBatchGradientTests.X(rows), Y = Matrix<double>.Build.Dense(1, m, (_, i) => rows.Labels[i]);
            Vector<double>? w = rows.Weights is null ? null : Vector<double>.Build.Dense(m, i => rows.Weights[i]);
            BackwardPass expected = TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X), w);

            using var engine = new FullBatchGradient(rows, null, H, network.Activation, threads: 2);
            double[] gradient = new double[engine.ParameterCount];
            double loss = engine.Evaluate(Flat(network), gradient);
            // Sums of up to m terms of size about 1, divided by m: a few roundings of double precision each.
            const double tolerance = 1e-13;
            Assert.Equal(TextbookNetwork.Cost(network, X, Y, w), loss, tolerance);
            double[] flat = [.. expected.dW1.ToRowMajorArray(), .. expected.db1, .. expected.dW2.ToRowMajorArray(), expected.db2];
            for (int i = 0; i < flat.Length; i++)
                Assert.Equal(flat[i], gradient[i], tolerance);
        }
    }

    [Fact]
    public void SomeRowsOnly()
    {
        TrainingRows all = Rows(40, sparse: false, weighted: true);
        int[] which = [3, 17, 30];
        var some = new DenseRows(
            D, [.. which.SelectMany(i => ((DenseRows)all).Values[(i * D)..((i + 1) * D)])], [.. which.Select(i => all.Labels[i])], [.. which.Select(i => all.Weights![i])]);
        double[] parameters = Flat(NetworkInitializer.Draw(D, H, Activation.Tanh, WeightInitialization.Xavier, 4));
        using var chosen = new FullBatchGradient(all, which, H, Activation.Tanh, 1);
        using var alone = new FullBatchGradient(some, null, H, Activation.Tanh, 1);
        double[] a = new double[chosen.ParameterCount], b = new double[chosen.ParameterCount];
        Assert.Equal(alone.Evaluate(parameters, b), chosen.Evaluate(parameters, a));
        Assert.Equal(b, a);
    }

    [Fact]
    public void ThreadsDoNotChangeABitAndNothingIsAllocated()
    {
        TrainingRows rows = Rows(6000, sparse: false, weighted: false);
        double[] parameters = Flat(NetworkInitializer.Draw(D, H, Activation.Tanh, WeightInitialization.Xavier, 4));
        double[]? first = null;
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using var engine = new FullBatchGradient(rows, null, H, Activation.Tanh, threads);
            double[] gradient = new double[engine.ParameterCount];
            const int steps = 100;
            long allocated = Allocations.Least(() =>
            {
                for (int i = 0; i < steps; i++)
                    engine.Evaluate(parameters, gradient);
            });
            Assert.InRange(allocated, 0, 24 * steps - 1); // the runtime may allocate for itself when threads wait; an object in every step would be 24 bytes each
            first ??= [.. gradient];
            Assert.Equal(first, gradient);
        }
    }
}
