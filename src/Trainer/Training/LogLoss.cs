namespace MlNetShallowNet.Training;

/// <summary>L of one example from its score: max(z, 0) - y z + log(1 + e^-|z|), which never overflows.</summary>
internal static class LogLoss
{
    public static double Of(double score, double label) =>
        Math.Max(score, 0) - label * score + double.LogP1(Math.Exp(-Math.Abs(score)));
}
