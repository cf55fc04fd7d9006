namespace Microsoft.ML.Calibrators;

/// <summary>A model and the calibrator that turns its scores into probabilities.</summary>
public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator> where TSubModel : class where TCalibrator : class
{
    private protected CalibratedModelParametersBase(TSubModel subModel, TCalibrator calibrator)
        => (SubModel, Calibrator) = (subModel, calibrator);
    /// <summary>The model.</summary>
    public TSubModel SubModel { get; }
    /// <summary>The calibrator.</summary>
    public TCalibrator Calibrator { get; }
}

/// <summary>Turns a score x into the probability 1 / (1 + exp(slope x + offset)).</summary>
public sealed class PlattCalibrator
{
    internal PlattCalibrator(double slope, double offset) => (Slope, Offset) = (slope, offset);
    /// <summary>What scores are multiplied by; -1 for logistic regression.</summary>
    public double Slope { get; }
    /// <summary>What is added.</summary>
    public double Offset { get; }
    internal float Probability(float score) => float.IsNaN(score) ? score : (float)(1 / (1 + Math.Exp(Slope * score + Offset)));
}
