using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>What a JSON network holds: <see cref="NetworkWriter"/> and <see cref="NetworkReader"/> are the two ways.</summary>
/// <param name="Network">The network.</param>
/// <param name="FeatureColumnName">The column that it reads in a pipeline; null where it is in none.</param>
/// <param name="Threshold">The probability above which a row is predicted to be positive.</param>
internal sealed record NetworkDocument(TrainedNetwork Network, string? FeatureColumnName, double Threshold = NetworkDocument.OneHalf)
{
    public const double OneHalf = 0.5;

    // The names of properties, which files hold: they stay as they are.
    public const string Activation = "activation", Precision = "precision", Single = "single";
    public const string W1 = "W1", B1 = "b1", W2 = "W2", B2 = "b2";
    public const string Encoding = "encoding", Lower = "lower", Upper = "upper", Knots = "knots", Crosses = "crosses";
    public const string Features = "features", Used = "used";
    public const string FeatureColumn = "featureColumn", ThresholdName = "threshold";
    public const string History = "history", TrainingLosses = "trainingLosses", ValidationLosses = "validationLosses";
    public const string BestEpoch = "bestEpoch", WasCancelled = "wasCancelled", Members = "members";
    public const string Estimate = "estimate", Auc = "auc", AucStandardError = "aucStandardError";
    public const string LogLoss = "logLoss", LogLossStandardError = "logLossStandardError", Rows = "rows";
    public const string Calibration = "calibration", Slope = "slope", Offset = "offset";
    public const string TrainedOn = "trainedOn";
    public const string Options = "options", Versions = "versions";
}
