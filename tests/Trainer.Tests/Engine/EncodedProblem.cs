using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>
/// A small training problem of encoded rows: features with knots whose columns V follow from parameters θ, and others. The textbook knows
/// only a network on the columns; B, written down from the formula in <see cref="Ramps"/>, leads from θ to V.
/// </summary>
internal sealed class EncodedProblem
{

    /// <param name="m">Rows.</param>
    /// <param name="knots">For each feature with knots how many it has.</param>
    /// <param name="others">Columns besides those.</param>
    /// <param name="h">H.</param>
    /// <param name="activation">g.</param>
    /// <param name="weighted">Whether rows have weights.</param>
    /// <param name="seed">The seed.</param>
    public EncodedProblem(int m, int[] knots, int others, int h, IActivation activation, bool weighted = false, int seed = 1)
    {
        var random = new Random(seed);
        float[] labels = [.. Enumerable.Range(0, m).Select(_ => (float)random.Next(2))];
        float[]? weights = weighted ? [.. Enumerable.Range(0, m).Select(i => i > 0 && random.Next(4) == 0 ? 0 : random.NextSingle() * 3)] : null;
        // On knots, at both ends and in between.
        float[] positions = [.. Enumerable.Range(0, m).SelectMany(_ => knots.Select(k =>
            random.Next(5) == 0 ? random.Next(k) : random.NextSingle() * (k - 1)))];
        float[] values = [.. Enumerable.Range(0, m * others).Select(_ => random.Next(4) == 0 ? random.NextSingle() * 2 - 1 : 0)];
        float[][] line = [.. knots.Select(k => Numbers(k, 2))];
        float[][] means = [.. knots.Select(k => Numbers(k, 1).Select(Math.Abs).ToArray()).Select(a => a.Select(v => v / a.Sum()).ToArray())];
        Ramps = new Ramps(line, means, 1.7f);
        Rows = new EncodedRows(Ramps, positions, EngineProblem.Sparse(others, values, labels, weights));
        int T = Ramps.ColumnCount + others;
        Theta = new NetworkParameters(
            Matrix(h, T, 1 / MathF.Sqrt(Math.Max(1, knots.Length + others / 4))), Vector<double>.Build.DenseOfEnumerable(Numbers(h, 0.3f).Select(v => (double)v)),
            Matrix(1, h, 1 / MathF.Sqrt(h)), 0.1f, activation);

        B = Matrix<double>.Build.DenseIdentity(T);
        for (int f = 0; f < knots.Length; f++)
        {
            int first = Ramps.FirstColumns[f];
            for (int k = 0; k < knots[f]; k++)
            {
                B[first + k, first] = line[f][k];
                for (int r = 1; r < knots[f]; r++) // ramp r is in the columns from r on; c takes off its mean
                    B[first + k, first + r] = (double)Ramps.Scale * ((r <= k ? 1 : 0) - means[f].Skip(r).Sum(v => (double)v));
            }
        }
        X = Columns(Rows);
        Y = Matrix<double>.Build.Dense(1, m, (_, i) => labels[i]);
        Weights = weights is null ? null : Vector<double>.Build.Dense(m, i => weights[i]);

        float[] Numbers(int count, float scale) =>
            [.. Enumerable.Range(0, count).Select(_ => scale * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f))];

        Matrix<double> Matrix(int rows, int columns, float scale)
        {
            float[] numbers = Numbers(rows * columns, scale);
            return Matrix<double>.Build.Dense(rows, columns, (i, j) => numbers[i * columns + j]);
        }
    }

    public Ramps Ramps { get; }

    public EncodedRows Rows { get; }

    /// <summary>From θ (T) to V (T): of other columns the identity.</summary>
    public Matrix<double> B { get; }

    /// <summary>The parameters: W1 holds θ.</summary>
    public NetworkParameters Theta { get; }

    /// <summary>The network of some parameters as it scores: W1 holds V.</summary>
    public NetworkParameters Network(NetworkParameters theta) => new(theta.W1 * B.Transpose(), theta.B1, theta.W2, theta.B2, theta.Activation);

    /// <summary>The columns, T x m.</summary>
    public Matrix<double> X { get; }

    public Matrix<double> Y { get; }

    public Vector<double>? Weights { get; }

    public TrainingEngine Engine(int batch = 64, int threads = 1, int lanes = 0)
    {
        var engine = new TrainingEngine(Rows.FeatureCount, Theta.HiddenUnits, Theta.Activation, batch, threads, Ramps, lanes);
        engine.Load(Theta);
        return engine;
    }

    /// <summary>The derivatives of J by the parameters: dθ = Bᵀ dV, and the penalty.</summary>
    public BackwardPass Gradient(NetworkParameters theta, double l2 = 0)
    {
        NetworkParameters network = Network(theta);
        BackwardPass columns = TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X), Weights);
        return columns with { dW1 = columns.dW1 * B + l2 * theta.W1, dW2 = columns.dW2 + l2 * theta.W2 };
    }

    /// <summary>Encoded rows as columns, T x m.</summary>
    public static Matrix<double> Columns(EncodedRows rows)
    {
        Matrix<double> X = Matrix<double>.Build.Dense(rows.FeatureCount, rows.Count);
        int F = rows.Ramps.Count;
        for (int i = 0; i < rows.Count; i++)
        {
            for (int f = 0; f < F; f++)
            {
                float position = rows.Positions[i * F + f];
                int interval = Math.Min((int)position, rows.Ramps.LastIntervals[f]);
                X[rows.Ramps.FirstColumns[f] + interval, i] = 1 - (double)(position - interval);
                X[rows.Ramps.FirstColumns[f] + interval + 1, i] = position - interval;
            }
            for (int k = rows.Others.RowStarts[i]; k < rows.Others.RowStarts[i + 1]; k++)
                X[rows.Ramps.ColumnCount + rows.Others.Indices[k], i] = rows.Others.Values[k];
        }
        return X;
    }

    /// <summary>Raw rows as an encoding's columns, T x m.</summary>
    public static Matrix<double> Columns(InputEncoding encoding, DenseRows rows)
    {
        var columns = new float[encoding.ColumnCount];
        Matrix<double> X = Matrix<double>.Build.Dense(columns.Length, rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            encoding.Encode(rows.Values.AsSpan(i * encoding.FeatureCount, encoding.FeatureCount), columns);
            X.SetColumn(i, Array.ConvertAll(columns, c => (double)c));
        }
        return X;
    }
}
