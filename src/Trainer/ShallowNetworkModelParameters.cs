using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>
/// A trained two-layer network: score = W2 g(W1 x + b1) + b2, probability = sigmoid(score). Whatever training did besides (scaling of
/// the inputs, several members, calibration, class weights) is folded into these four blocks, so x is the raw feature vector; or, where
/// <see cref="Encoding"/> is not null, what that makes of it. Immutable and thread-safe.
/// </summary>
/// <example>
/// <code>
/// ShallowNetworkModelParameters network = NetworkJson.Load("network.json");
/// float probability = ShallowNetworkModelParameters.Probability(network.Score([5.1f, 3.5f, 1.4f, 0.2f]));
/// </code>
/// </example>
public sealed class ShallowNetworkModelParameters
{
    private readonly Lazy<float[]> _w1; // which scoring has its own of
    private readonly float[] _b1;
    private readonly float[] _w2;

    /// <summary>A network of given parameters, which are copied.</summary>
    /// <param name="activation">g, the activation of the hidden layer.</param>
    /// <param name="featureCount">D, at least 1.</param>
    /// <param name="w1">W1, H x D numbers, row by row.</param>
    /// <param name="b1">b1, H numbers.</param>
    /// <param name="w2">W2, H numbers.</param>
    /// <param name="b2">b2.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or a number is not finite.</exception>
    public ShallowNetworkModelParameters(
        IActivation activation, int featureCount, ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2, float b2)
        : this(new TrainedNetwork(Network(activation, featureCount, w1, b1, w2, b2), TrainingHistory.None))
    {
    }

    internal ShallowNetworkModelParameters(TrainedNetwork trained)
        : this(trained, Scoring(trained))
    {
    }

    /// <param name="trained">A network that was checked.</param>
    /// <param name="scorer">Its scorer.</param>
    internal ShallowNetworkModelParameters(TrainedNetwork trained, ModelScorer scorer)
    {
        Trained = trained;
        _w1 = new Lazy<float[]>(() => Array.ConvertAll(trained.Network.W1.ToRowMajorArray(), v => (float)v));
        _b1 = Array.ConvertAll(trained.Network.B1.ToArray(), v => (float)v);
        _w2 = Array.ConvertAll(trained.Network.W2.ToRowMajorArray(), v => (float)v);
        Scorer = scorer;
    }

    /// <summary>g, the activation of the hidden layer.</summary>
    public IActivation Activation => Trained.Network.Activation;

    /// <summary>D, the number of raw features.</summary>
    public int FeatureCount => Trained.FeatureCount;

    /// <summary>The columns of W1: D, or T where the features are encoded.</summary>
    public int ColumnCount => Trained.Network.FeatureCount;

    /// <summary>From raw features to the columns that W1 is for; null where W1 takes the raw features themselves.</summary>
    public InputEncoding? Encoding => Trained.Encoding;

    /// <summary>H, the number of hidden units.</summary>
    public int HiddenUnits => _b1.Length;

    /// <summary>W1, H x <see cref="ColumnCount"/>, row by row: with raw features, the weight of feature d in hidden unit h is at h * D + d.</summary>
    public ReadOnlySpan<float> W1 => _w1.Value;

    /// <summary>b1, H numbers.</summary>
    public ReadOnlySpan<float> B1 => _b1;

    /// <summary>W2, H numbers (1 x H).</summary>
    public ReadOnlySpan<float> W2 => _w2;

    /// <summary>b2.</summary>
    public float B2 => (float)Trained.Network.B2;

    /// <summary>How the network was trained; without epochs for one that was made by hand.</summary>
    public TrainingHistory History => Trained.History;

    /// <summary>How well it should do on fresh rows, where training kept rows out to know; else null.</summary>
    public QualityEstimate? Estimate => Trained.Estimate;

    /// <summary>With what options and versions it was trained; null where that is not known.</summary>
    public TrainingProvenance? Provenance => Trained.Provenance;

    /// <summary>The score (log-odds of the positive class) of one row; NaN when a feature that the network reads is NaN. Thread-safe, allocates nothing.</summary>
    /// <param name="features">The row, D numbers.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public float Score(ReadOnlySpan<float> features)
    {
        CheckLength(features);
        return Scorer.Score(features);
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

        Scorer.Score(rows, scores);
    }

    /// <summary>The score of one sparse row; features that are not named are zero.</summary>
    /// <param name="indices">The features that are not zero, each in 0 .. D-1, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <exception cref="ArgumentException">The two have different lengths, or an index is out of its range or order.</exception>
    public float ScoreSparse(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        if (indices.Length != values.Length)
            throw new ArgumentException($"There are {indices.Length} indices and {values.Length} values; they must be as many.");
        for (int k = 0, least = 0; k < indices.Length; least = indices[k++] + 1)
        {
            if (indices[k] < least || indices[k] >= FeatureCount)
                throw new ArgumentException($"Index {k} is {indices[k]}; indices must ascend and be from 0 to {FeatureCount - 1}.");
        }

        return Scorer.Score(indices, values);
    }

    /// <summary>What the first layer reads of a row: its columns where inputs are encoded, else the features themselves.</summary>
    /// <param name="features">The row, D numbers.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public double[] Columns(ReadOnlySpan<float> features)
    {
        CheckLength(features);
        float[] columns = features.ToArray();
        if (Encoding is not null)
        {
            columns = new float[ColumnCount];
            Encoding.Encode(features, columns);
        }

        return Array.ConvertAll(columns, value => (double)value);
    }

    /// <summary>How much each feature adds to the score of a row, compared with another row: D numbers in log-odds that sum to the
    /// difference of both scores, by <see cref="IntegratedGradients"/>.</summary>
    /// <param name="features">The row, D numbers.</param>
    /// <param name="baseline">What to compare with, D numbers: for example the mean of the training rows.</param>
    /// <exception cref="ArgumentException">A row has another length.</exception>
    public double[] Contributions(ReadOnlySpan<float> features, ReadOnlySpan<float> baseline)
    {
        double[] ofColumns = IntegratedGradients.Attribute(Trained.Network, Columns(features), Columns(baseline));
        return Encoding is null ? ofColumns : IntegratedGradients.ByFeature(Encoding, ofColumns);
    }

    /// <summary>The probability that belongs to a score: 1 / (1 + e^-score), rounded once.</summary>
    public static float Probability(float score) => (float)(1 / (1 + Math.Exp(-(double)score)));

    /// <summary>The same network in double precision and the course's notation, for the textbook's equations; one that was read from JSON or
    /// made from such parameters has all the digits that stood there. Where <see cref="Encoding"/> is not null, its X are the encoded columns (T x m).</summary>
    public NetworkParameters ToNetworkParameters()
    {
        NetworkParameters network = Trained.Network;
        return new NetworkParameters(network.W1.Clone(), network.B1.Clone(), network.W2.Clone(), network.B2, network.Activation);
    }

    /// <summary>The network of these double-precision parameters, which are copied; scores are computed in single precision.</summary>
    /// <param name="network">The parameters.</param>
    /// <param name="encoding">From raw features to what the network reads; null where it reads raw features.</param>
    /// <exception cref="ArgumentException">The encoding makes other columns than W1 is for, or a parameter is not finite in single precision.</exception>
    public static ShallowNetworkModelParameters FromNetworkParameters(NetworkParameters network, InputEncoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var copy = new NetworkParameters(network.W1.Clone(), network.B1.Clone(), network.W2.Clone(), network.B2, network.Activation);
        return new ShallowNetworkModelParameters(new TrainedNetwork(copy, TrainingHistory.None, encoding));
    }

    /// <summary>All that is known of the network.</summary>
    internal TrainedNetwork Trained { get; }

    /// <summary>The scorer behind <see cref="Score(ReadOnlySpan{float})"/>, without its checks.</summary>
    internal ModelScorer Scorer { get; }

    /// <summary>For example <c>30-16-1 tanh network</c>.</summary>
    public override string ToString() => $"{FeatureCount}-{HiddenUnits}-1 {Activation.Name} network";

    private void CheckLength(ReadOnlySpan<float> features)
    {
        if (features.Length != FeatureCount)
            throw new ArgumentException($"The row has {features.Length} features; this network was trained on {FeatureCount}.");
    }

    private static ModelScorer Scoring(TrainedNetwork trained)
    {
        trained.Check();
        return trained.CreateScorer();
    }

    private static NetworkParameters Network(
        IActivation activation, int featureCount, ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2, float b2)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (b1.Length < 1 || w2.Length != b1.Length || w1.Length != (long)b1.Length * featureCount)
        {
            throw new ArgumentException(
                $"With {featureCount} features and {b1.Length} numbers in b1, W1 must have {(long)b1.Length * featureCount} numbers and W2 " +
                $"{b1.Length}; they have {w1.Length} and {w2.Length}. There must be at least one hidden unit.");
        }

        return new NetworkParameters(
            Matrix<double>.Build.DenseOfRowMajor(b1.Length, featureCount, Doubles(w1)), Vector<double>.Build.Dense(Doubles(b1)),
            Matrix<double>.Build.Dense(1, b1.Length, Doubles(w2)), b2, activation);
    }

    private static double[] Doubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), v => (double)v);
}
