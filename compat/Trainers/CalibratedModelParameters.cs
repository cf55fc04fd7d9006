namespace Microsoft.ML.Calibrators;

/// <summary>A model whose scores a calibrator turns into probabilities.</summary>
public sealed class CalibratedModelParametersBase<TSubModel, TCalibrator> where TSubModel : class where TCalibrator : class
{
    internal CalibratedModelParametersBase(TSubModel subModel) => SubModel = subModel;
    /// <summary>The model.</summary>
    public TSubModel SubModel { get; }
}

/// <summary>Turns a score x into the probability 1 / (1 + exp(-x)).</summary>
public sealed class PlattCalibrator
{
    private PlattCalibrator() { }

    internal static float Probability(float score) => float.IsNaN(score) ? score : (float)(1 / (1 + Math.Exp(-(double)score)));
}
