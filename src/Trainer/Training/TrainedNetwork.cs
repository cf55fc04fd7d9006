using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>A network with all that is known of it: what training gives back, what files hold, and what the public model wraps.</summary>
/// <param name="Network">The network on raw features, or on the columns of <paramref name="Encoding"/>.</param>
/// <param name="History">How it got there.</param>
/// <param name="Encoding">How its input is represented; null where it takes raw features.</param>
/// <param name="Estimate">What to expect of it on fresh rows; null where every row was trained on.</param>
/// <param name="Calibration">The Platt scaling that was folded in; null for none.</param>
/// <param name="Provenance">With what options and versions it was trained; null where that is not known.</param>
/// <param name="TrainedOn">On which rows it was trained; null where that is not known.</param>
internal sealed record TrainedNetwork(
    NetworkParameters Network, TrainingHistory History, InputEncoding? Encoding = null, QualityEstimate? Estimate = null,
    PlattScaling? Calibration = null, TrainingProvenance? Provenance = null, RowSketch? TrainedOn = null)
{
    /// <summary>D, the number of raw features.</summary>
    public int FeatureCount => Encoding?.FeatureCount ?? Network.FeatureCount;

    /// <summary>Whether every parameter is a single-precision number, as after training.</summary>
    public bool IsSinglePrecision =>
        Network.W1.ForAll(IsSingle, Zeros.Include) && Network.B1.ForAll(IsSingle, Zeros.Include) &&
        Network.W2.ForAll(IsSingle, Zeros.Include) && IsSingle(Network.B2);

    /// <summary>A raw feature whose weights are beyond single precision; null for none. Of an encoding with several columns for a feature none is.</summary>
    public int? FeatureBeyondSinglePrecision
    {
        get
        {
            if (Network.FeatureCount != FeatureCount || Network.W1.ForAll(IsFiniteSingle, Zeros.Include))
                return null;
            return Enumerable.Range(0, FeatureCount).First(d => !Network.W1.Column(d).ForAll(IsFiniteSingle, Zeros.Include));
        }
    }

    /// <summary>The same network with its parameters as they are scored with, so that what is saved and gone on from is no other.</summary>
    public TrainedNetwork InSinglePrecision() => this with
    {
        Network = NetworkParameters.Of(
            Rounded(Network.W1ByFeature), Rounded([.. Network.B1]), Rounded(Network.W2.ToRowMajorArray()), (float)Network.B2, Network.Activation),
    };

    /// <summary>Checks that the encoding fits W1 and that every parameter is finite in single precision, in which scores are computed.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Check()
    {
        Activation.CheckName(Network.Activation);
        if (Encoding is not null && Encoding.ColumnCount != Network.FeatureCount)
        {
            throw new ArgumentException(
                $"The encoding makes {Encoding.ColumnCount} columns of {Encoding.FeatureCount} features, but W1 is for {Network.FeatureCount} columns; they must be as many.");
        }

        if (!Network.W1.ForAll(IsFiniteSingle, Zeros.Include))
            CheckFinite(Network.W1.Enumerate(Zeros.Include), "W1");
        CheckFinite(Network.B1, "b1");
        CheckFinite(Network.W2.Enumerate(Zeros.Include), "W2");
        CheckFinite([Network.B2], "b2");
    }

    /// <summary>Scores raw rows.</summary>
    public ModelScorer CreateScorer() => Encoding is not null ? new EncodedScorer(Encoding, Network) : new PlainScorer(Network);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Rounded(ReadOnlySpan<double> values)
    {
        double[] rounded = new double[values.Length];
        for (int i = 0; i < rounded.Length; i++)
            rounded[i] = (float)values[i];
        return rounded;
    }

    private static bool IsFiniteSingle(double value) => float.IsFinite((float)value);

    private static bool IsSingle(double value) => value == (float)value;

    private static void CheckFinite(IEnumerable<double> values, string name)
    {
        foreach (double value in values)
        {
            if (!IsFiniteSingle(value))
                throw new ArgumentException($"{name} holds {value}; every parameter must be a finite number of single precision.");
        }
    }
}
