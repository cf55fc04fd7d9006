using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>What training gives back.</summary>
/// <param name="Network">The network on raw features, or on the columns of <paramref name="Encoding"/>.</param>
/// <param name="History">How it got there.</param>
/// <param name="Encoding">How its input is represented; null where it takes raw features.</param>
/// <param name="Estimate">What to expect of it on fresh rows; null where every row was trained on.</param>
/// <param name="Calibration">The Platt scaling that was folded in; null for none.</param>
internal sealed record TrainedNetwork(
    NetworkParameters Network, TrainingHistory History, InputEncoding? Encoding = null, QualityEstimate? Estimate = null,
    PlattScaling? Calibration = null);
