using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>A small training problem in the engine's form and in the textbook's, made of the same single-precision numbers.</summary>
internal sealed class EngineProblem
{
    public EngineProblem(int m, int d, int h, IActivation activation, bool sparse = false, bool weighted = false, int seed = 1)
    {
        var random = new Random(seed);
        float[] values = Numbers(m * d, 1), labels = [.. Enumerable.Range(0, m).Select(_ => (float)random.Next(2))];
        float[]? weights = weighted ? [.. Enumerable.Range(0, m).Select(_ => random.Next(4) == 0 ? 0 : random.NextSingle() * 3)] : null;
        if (weights is not null)
            weights[0] = 1;
        if (sparse)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = random.Next(3) == 0 ? values[i] : 0;
        }
        Dense = new DenseRows(d, values, labels, weights);
        Rows = sparse ? Sparse(d, values, labels, weights) : Dense;
        W1 = Numbers(h * d, 1 / MathF.Sqrt(d));
        B1 = Numbers(h, 0.3f);
        W2 = Numbers(h, 1 / MathF.Sqrt(h));
        B2 = 0.1f;

        X = Matrix<double>.Build.Dense(d, m, (j, i) => values[i * d + j]);
        Y = Matrix<double>.Build.Dense(1, m, (_, i) => labels[i]);
        Weights = weights is null ? null : Vector<double>.Build.Dense(m, i => weights[i]);
        Network = new NetworkParameters(
            Matrix<double>.Build.Dense(h, d, (j, i) => W1[j * d + i]), Vector<double>.Build.Dense(h, j => B1[j]),
            Matrix<double>.Build.Dense(1, h, (_, j) => W2[j]), B2, activation);

        float[] Numbers(int count, float scale)
        {
            var numbers = new float[count];
            for (int i = 0; i < count; i++)
                numbers[i] = scale * (random.NextSingle() + random.NextSingle() + random.NextSingle() + random.NextSingle() - 2) * 1.7f;
            return numbers;
        }
    }

    public TrainingRows Rows { get; }

    /// <summary>The same rows, dense.</summary>
    public DenseRows Dense { get; }

    public float[] W1 { get; }

    public float[] B1 { get; }

    public float[] W2 { get; }

    public float B2 { get; }

    public NetworkParameters Network { get; }

    public Matrix<double> X { get; }

    public Matrix<double> Y { get; }

    public Vector<double>? Weights { get; }

    /// <summary>An engine that has this network loaded.</summary>
    public TrainingEngine Engine(int batch = 64, int threads = 1, int lanes = 0)
    {
        var engine = new TrainingEngine(Network.FeatureCount, Network.HiddenUnits, Network.Activation, batch, threads, lanes: lanes);
        engine.Load(W1, B1, W2, B2);
        return engine;
    }

    /// <summary>Dense rows as sparse ones.</summary>
    public static SparseRows Sparse(int d, float[] values, float[] labels, float[]? weights)
    {
        int m = labels.Length;
        var starts = new int[m + 1];
        var indices = new List<int>();
        var nonZeros = new List<float>();
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < d; j++)
            {
                if (values[i * d + j] != 0)
                {
                    indices.Add(j);
                    nonZeros.Add(values[i * d + j]);
                }
            }
            starts[i + 1] = indices.Count;
        }
        return new SparseRows(d, starts, [.. indices], [.. nonZeros], labels, weights);
    }
}
