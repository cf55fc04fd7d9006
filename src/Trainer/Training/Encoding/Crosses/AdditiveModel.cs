namespace MlNetShallowNet.Training;

/// <summary>A logistic model that adds up a number for each code of a row.</summary>
/// <param name="labels">The labels, 0 or 1.</param>
/// <param name="weights">The rows' weights; null where each is 1.</param>
internal sealed class AdditiveModel(float[] labels, float[]? weights)
{
    // Newton steps of one sort of codes after another: what is left then is far below what is looked for.
    private const int Sweeps = 8;

    private readonly List<RowCodes> _codes = [];
    private readonly double _perWeight = weights is null ? 1 : labels.Length / weights.Sum(weight => (double)weight); // for weights of mean 1
    private readonly float[] _scores = new float[labels.Length], _probabilities = new float[labels.Length];

    /// <summary>Adds something that scores depend on.</summary>
    public void Add(RowCodes codes) => _codes.Add(codes);

    /// <summary>Fits the numbers to the rows.</summary>
    public void Fit()
    {
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (RowCodes codes in _codes)
            {
                (double[] slopes, double[] curvatures) = Derivatives(codes, squaredWeights: false);
                float[] steps = [.. slopes.Zip(curvatures, (slope, curvature) => (float)(slope / (curvature + 1)))];
                for (int i = 0; i < _scores.Length; i++)
                    _scores[i] += steps[codes.Rows[i]];
            }
        }
    }

    /// <summary>How much codes say beyond the model: a sum of squares, each as large as 1 on average where it is chance (Rao's score test).</summary>
    public double LeftOver(RowCodes codes)
    {
        (double[] slopes, double[] variances) = Derivatives(codes, squaredWeights: true);
        double sum = 0;
        for (int code = 0; code < slopes.Length; code++)
            sum += variances[code] > 0 ? slopes[code] * slopes[code] / variances[code] : 0;
        return sum;
    }

    // Of each code: the slope of the log likelihood by its number, and the curvature, or what the slope's variance is where weights repeat nothing.
    private (double[] Slopes, double[] Curvatures) Derivatives(RowCodes codes, bool squaredWeights)
    {
        TensorPrimitives.Sigmoid(_scores, _probabilities);
        double[] slopes = new double[codes.Count], curvatures = new double[codes.Count];
        for (int i = 0; i < _scores.Length; i++)
        {
            double p = _probabilities[i], weight = _perWeight * (weights?[i] ?? 1);
            slopes[codes.Rows[i]] += weight * (labels[i] - p);
            curvatures[codes.Rows[i]] += (squaredWeights ? weight * weight : weight) * p * (1 - p);
        }
        return (slopes, curvatures);
    }
}
