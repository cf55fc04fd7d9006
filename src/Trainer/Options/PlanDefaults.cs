using MlNetShallowNet.Training;

namespace MlNetShallowNet.Options;

/// <summary>
/// The defaults by the size and kind of the rows. They come from measurements on real tables (docs/ablation.md), as rules that have a reason
/// rather than as numbers for single tables.
/// </summary>
internal static class PlanDefaults
{
    public const double HiddenDropout = 0.25, ValidationFraction = 1.0 / 8;

    private const int Members = 8, UnitsOfMember = 64, FewestUnits = 8, PlainUnits = 32;
    private const int FewRows = 2_000;
    private const int UsualEpochs = 60, MostEpochs = 200, FewestEpochs = 12, FewFeatures = 10;
    private const long RowsInAllEpochs = 3_000_000;
    private const double UsualFeatures = 30;
    private const long MostWeights = 2_000_000;

    /// <summary>How many members of how many hidden units. Hidden units that are asked for are those of the network that results, divided
    /// among as many members as leave each of them eight.</summary>
    public static (int Members, int HiddenUnits) Size(ShallowNetworkTrainer.Options options, bool plain, DataShape rows, int intervals)
    {
        int members = options.Members ?? (plain ? 1 : options.HiddenUnits is int all ? Math.Clamp(all / FewestUnits, 1, Members) : Members);
        if (options.HiddenUnits is int units)
            return (members, Math.Max(1, units / members));
        if (plain)
            return (members, PlainUnits);
        double columns = rows.IsSparse ? rows.Features : rows.Features * (intervals + 1.0);
        return (members, (int)Math.Clamp(MostWeights / (columns * members), FewestUnits, UnitsOfMember));
    }

    /// <summary>Whether g(z) - g(-z) = z, so that a line is two hidden units.</summary>
    public static bool TakesLines(IActivation g) => g == Activation.ReLU || g == Activation.Gelu || g == Activation.SiLU;

    public static LinearPlan Line(DataShape rows) => rows.IsSparse ? LinearPlan.ForSparseRows : LinearPlan.ForDenseRows;

    public static TreePlan? Trees(DataShape rows) => rows.IsSparse ? null : new TreePlan(Refit: rows.Count < 50_000);

    /// <summary>8; 4 where fewer than ten features and 2,000 rows leave little to place more knots by.</summary>
    public static int EncodingIntervals(DataShape rows) => rows.Features < FewFeatures && rows.Count < FewRows ? 4 : 8;

    /// <summary>60; more where there are fewer than ten features, since what can be learnt from few is often intricate; fewer where there are
    /// many rows, since every epoch then has many steps.</summary>
    public static int Epochs(DataShape rows)
    {
        long usual = Math.Clamp(UsualEpochs * FewFeatures / rows.Features, UsualEpochs, MostEpochs);
        return (int)Math.Clamp(RowsInAllEpochs / rows.Count, FewestEpochs, usual);
    }

    /// <summary>An eighth of the epochs, at least 4.</summary>
    public static int Patience(int epochs) => Math.Max(4, (int)Math.Round(epochs / 8.0));

    /// <summary>0.004 at 30 features. A step moves a hidden unit by the sum over a row's features, so more of them need a lower rate.</summary>
    public static double LearningRate(DataShape rows) => 0.004 * Math.Clamp(Math.Sqrt(UsualFeatures / rows.ActiveFeatures), 0.5, 4);

    /// <summary>
    /// λ = 0.07 D / rows, at most 8 / rows. As a prior: the weights' variance is 1 / (λ rows), so that a hidden unit's spread is the same
    /// whether it comes from few features or many.
    /// </summary>
    public static double L2(DataShape rows) => Math.Min(0.07 * rows.Features, 8) / rows.Count;

    /// <summary>1; more where there are fewer than ten features, whose functions may then be the more intricate.</summary>
    public static double RampScale(DataShape rows) => Math.Clamp(Math.Sqrt((double)FewFeatures / rows.Features), 1, 3);

    /// <summary>A thirtieth of the rows, 16 to 128, and 256 for more than 100,000 rows.</summary>
    public static long BatchSize(long rows) => Math.Clamp(rows / 30, 16, rows <= 100_000 ? 128 : 256);
}
