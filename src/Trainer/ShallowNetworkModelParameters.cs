using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet;

/// <summary>
/// A trained two-layer network: score = W2 g(W1 x + b1) + b2, probability = sigmoid(score). Whatever training did besides (scaling of
/// the inputs, several members, calibration, class weights) is folded into these four blocks, so x is the raw feature vector; or, where
/// <see cref="Encoding"/> is not null, what that makes of it. Immutable and thread-safe.
/// </summary>
public sealed class ShallowNetworkModelParameters
{
    private readonly float[] _w1;
    private readonly float[] _b1;
    private readonly float[] _w2;
    private readonly ModelScorer _scorer;

    /// <summary>A network of given parameters, which are copied.</summary>
    /// <param name="activation">g, the activation of the hidden layer.</param>
    /// <param name="featureCount">D, at least 1.</param>
    /// <param name="w1">W1, H x D numbers, row by row.</param>
    /// <param name="b1">b1, H numbers.</param>
    /// <param name="w2">W2, H numbers.</param>
    /// <param name="b2">b2.</param>
    /// <param name="history">How it was trained; none when null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or a number is not finite.</exception>
    public ShallowNetworkModelParameters(
        IActivation activation, int featureCount, ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2, float b2,
        TrainingHistory? history = null)
        : this(activation, featureCount, null, w1, b1, w2, b2, history, null)
    {
    }

    /// <summary>A network that reads encoded features. The parameters are copied.</summary>
    /// <param name="activation">g, the activation of the hidden layer.</param>
    /// <param name="encoding">From the D raw features to the T columns that W1 is for.</param>
    /// <param name="w1">W1, H x T numbers, row by row.</param>
    /// <param name="b1">b1, H numbers.</param>
    /// <param name="w2">W2, H numbers.</param>
    /// <param name="b2">b2.</param>
    /// <param name="history">How it was trained; none when null.</param>
    /// <param name="estimate">What to expect of it on fresh rows; null where that is not known.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or a number is not finite.</exception>
    public ShallowNetworkModelParameters(
        IActivation activation, InputEncoding encoding, ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2, float b2,
        TrainingHistory? history = null, QualityEstimate? estimate = null)
        : this(activation, NotNull(encoding).ColumnCount, encoding, w1, b1, w2, b2, history, estimate)
    {
    }

    internal ShallowNetworkModelParameters(
        IActivation activation, int columnCount, InputEncoding? encoding, ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2,
        float b2, TrainingHistory? history, QualityEstimate? estimate)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1, "featureCount");
        MlNetShallowNet.Activation.CheckName(activation);
        if (b1.Length < 1 || w2.Length != b1.Length || w1.Length != (long)b1.Length * columnCount)
        {
            throw new ArgumentException(
                $"With {columnCount} features and {b1.Length} numbers in b1, W1 must have {(long)b1.Length * columnCount} numbers and W2 " +
                $"{b1.Length}; they have {w1.Length} and {w2.Length}. There must be at least one hidden unit.");
        }

        CheckFinite(w1, "W1");
        CheckFinite(b1, "b1");
        CheckFinite(w2, "W2");
        CheckFinite([b2], "b2");
        (Activation, ColumnCount, _w1, _b1, _w2, B2) = (activation, columnCount, w1.ToArray(), b1.ToArray(), w2.ToArray(), b2);
        (Encoding, FeatureCount) = (encoding, encoding?.FeatureCount ?? columnCount);
        (History, Estimate) = (history ?? TrainingHistory.None, estimate);
        _scorer = encoding is null
            ? new NetworkScorer(_w1, _b1, _w2, b2, activation)
            : new EncodedScorer(encoding, FromSinglePrecision());
    }

    /// <summary>g, the activation of the hidden layer.</summary>
    public IActivation Activation { get; }

    /// <summary>D, the number of raw features.</summary>
    public int FeatureCount { get; }

    /// <summary>The columns of W1: D, or T where the features are encoded.</summary>
    public int ColumnCount { get; }

    /// <summary>From raw features to the columns that W1 is for; null where W1 takes the raw features themselves.</summary>
    public InputEncoding? Encoding { get; }

    /// <summary>H, the number of hidden units.</summary>
    public int HiddenUnits => _b1.Length;

    /// <summary>W1, H x <see cref="ColumnCount"/>, row by row: with raw features, the weight of feature d in hidden unit h is at h * D + d.</summary>
    public ReadOnlySpan<float> W1 => _w1;

    /// <summary>b1, H numbers.</summary>
    public ReadOnlySpan<float> B1 => _b1;

    /// <summary>W2, H numbers (1 x H).</summary>
    public ReadOnlySpan<float> W2 => _w2;

    /// <summary>b2.</summary>
    public float B2 { get; }

    /// <summary>How the network was trained.</summary>
    public TrainingHistory History { get; }

    /// <summary>How well it should do on fresh rows, where training kept rows out to know; else null.</summary>
    public QualityEstimate? Estimate { get; }

    /// <summary>The score (log-odds of a yes) of one row; NaN when a feature is NaN. Thread-safe, allocates nothing.</summary>
    /// <param name="features">The row, D numbers.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public float Score(ReadOnlySpan<float> features)
    {
        if (features.Length != FeatureCount)
            throw new ArgumentException($"The row has {features.Length} features; this network was trained on {FeatureCount}.");
        return _scorer.Score(features);
    }

    /// <summary>The scores of many rows. Thread-safe, allocates nothing.</summary>
    /// <param name="rows">The rows, one after another, D numbers each.</param>
    /// <param name="scores">Where the scores go: one for each row.</param>
    /// <exception cref="ArgumentException"><paramref name="rows"/> does not hold D numbers for each score.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (rows.Length != (long)scores.Length * FeatureCount)
        {
            throw new ArgumentException(
                $"{scores.Length} scores were asked for, so {(long)scores.Length * FeatureCount} numbers are needed ({FeatureCount} a row); there are {rows.Length}.");
        }

        _scorer.Score(rows, scores);
    }

    /// <summary>The score of one sparse row; features that are not named are zero.</summary>
    /// <param name="indices">The features that are not zero, each in 0 .. D-1, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <exception cref="ArgumentException">The two have different lengths.</exception>
    public float ScoreSparse(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        if (indices.Length != values.Length)
            throw new ArgumentException($"There are {indices.Length} indices and {values.Length} values; they must be as many.");
        return _scorer.Score(indices, values);
    }

    /// <summary>What the first layer reads of a row: its columns where inputs are encoded, else the features themselves.</summary>
    /// <param name="features">The row, D numbers.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public double[] Columns(ReadOnlySpan<float> features)
    {
        if (features.Length != FeatureCount)
            throw new ArgumentException($"The row has {features.Length} features; this network was trained on {FeatureCount}.");
        float[] columns = features.ToArray();
        if (Encoding is not null)
        {
            columns = new float[ColumnCount];
            Encoding.Encode(features, columns);
        }

        return Array.ConvertAll(columns, value => (double)value);
    }

    /// <summary>The probability that belongs to a score: 1 / (1 + e^-score), rounded once.</summary>
    public static float Probability(float score) => (float)(1 / (1 + Math.Exp(-(double)score)));

    /// <summary>The same network in double precision and the course's notation, for the textbook's equations; one that was read from JSON has
    /// all the digits that stand there. Where <see cref="Encoding"/> is not null, its X are the encoded columns (T x m).</summary>
    public NetworkParameters ToNetworkParameters() => BeforeRounding is { } exact
        ? new NetworkParameters(exact.W1.Clone(), exact.B1.Clone(), exact.W2.Clone(), exact.B2, Activation)
        : FromSinglePrecision();

    private NetworkParameters FromSinglePrecision() => new(
        Matrix<double>.Build.Dense(HiddenUnits, ColumnCount, (h, t) => _w1[h * ColumnCount + t]),
        Vector<double>.Build.Dense(HiddenUnits, h => _b1[h]),
        Matrix<double>.Build.Dense(1, HiddenUnits, (_, h) => _w2[h]),
        B2,
        Activation);

    /// <summary>The network of these double-precision parameters, rounded to single precision.</summary>
    /// <param name="network">The parameters.</param>
    /// <param name="history">How it was trained; none when null.</param>
    /// <param name="encoding">From raw features to what the network reads; null where it reads raw features.</param>
    /// <param name="estimate">What to expect of it on fresh rows; null where that is not known.</param>
    /// <exception cref="ArgumentException">A parameter is not finite in single precision.</exception>
    public static ShallowNetworkModelParameters FromNetworkParameters(
        NetworkParameters network, TrainingHistory? history = null, InputEncoding? encoding = null, QualityEstimate? estimate = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new ShallowNetworkModelParameters(
            network.Activation, network.FeatureCount, encoding, Rounded(network.W1.ToRowMajorArray()), Rounded(network.B1.ToArray()),
            Rounded(network.W2.ToRowMajorArray()), (float)network.B2, history, estimate);
    }

    /// <summary>The double-precision parameters that these were rounded from, so that training can go on from them; null where there are none.</summary>
    internal NetworkParameters? BeforeRounding { get; set; }

    /// <summary>The scorer behind <see cref="Score(ReadOnlySpan{float})"/>, without its checks.</summary>
    internal ModelScorer Scorer => _scorer;

    /// <summary>For example <c>30-16-1 tanh network</c>.</summary>
    public override string ToString() => $"{FeatureCount}-{HiddenUnits}-1 {Activation.Name} network";

    private static InputEncoding NotNull(InputEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return encoding;
    }

    private static float[] Rounded(double[] values) => Array.ConvertAll(values, v => (float)v);

    private static void CheckFinite(ReadOnlySpan<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException($"{name} holds {values[i]} at position {i}; every parameter must be a finite number.");
        }
    }
}
