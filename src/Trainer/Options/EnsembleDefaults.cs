namespace MlNetShallowNet.Options;

/// <summary>
/// The defaults of an ensemble by the size and kind of its rows. They come from measurements on real tables (docs/ablation.md), as rules that
/// have a reason rather than as numbers for single tables.
/// </summary>
internal static class EnsembleDefaults
{
    public const int Members = 8;
    public const double HiddenDropout = 0.25;

    private const int FewRows = 2_000;
    private const int UsualEpochs = 60, MostEpochs = 200, FewestEpochs = 12, FewFeatures = 10;
    private const long RowsInAllEpochs = 3_000_000;
    private const double UsualFeatures = 30;
    private const long MostWeights = 2_000_000;

    /// <summary>64 for each member, less where the first layers together would have more than two million weights.</summary>
    public static int HiddenUnits(long columns, int members) => (int)Math.Clamp(MostWeights / (columns * members), 8, 64);

    /// <summary>8; 4 where fewer than ten features and 2,000 rows leave little to place more knots by.</summary>
    public static int EncodingIntervals(RowsShape rows) => rows.Features < FewFeatures && rows.Count < FewRows ? 4 : 8;

    /// <summary>60; more where there are fewer than ten features, since what can be learnt from few is often intricate; fewer where there are
    /// many rows, since every epoch then has many steps.</summary>
    public static int Epochs(RowsShape rows)
    {
        long usual = Math.Clamp(UsualEpochs * FewFeatures / rows.Features, UsualEpochs, MostEpochs);
        return (int)Math.Clamp(RowsInAllEpochs / rows.Count, FewestEpochs, usual);
    }

    /// <summary>An eighth of the epochs, at least 4.</summary>
    public static int Patience(int epochs) => Math.Max(4, (int)Math.Round(epochs / 8.0));

    /// <summary>0.004 at 30 features. A step moves a hidden unit by the sum over a row's features, so more of them need a lower rate.</summary>
    public static double LearningRate(RowsShape rows) => 0.004 * Math.Clamp(Math.Sqrt(UsualFeatures / rows.ActiveFeatures), 0.5, 4);

    /// <summary>
    /// λ = 0.07 D / rows, at most 8 / rows. As a prior: the weights' variance is 1 / (λ rows), so that a hidden unit's spread is the same
    /// whether it comes from few features or many.
    /// </summary>
    public static double L2(RowsShape rows) => Math.Min(0.07 * rows.Features, 8) / rows.Count;

    /// <summary>1; more where there are fewer than ten features, whose functions may then be the more intricate.</summary>
    public static double RampScale(RowsShape rows) => Math.Clamp(Math.Sqrt((double)FewFeatures / rows.Features), 1, 3);
}
