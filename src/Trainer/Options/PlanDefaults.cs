using MlNetShallowNet.Training;

namespace MlNetShallowNet.Options;

/// <summary>
/// The defaults by the size and kind of the rows. They come from measurements on real tables (docs/ablation.md), as rules that have a reason
/// rather than as numbers for single tables.
/// </summary>
internal static class PlanDefaults
{
    public const double HiddenDropout = 0, ValidationFraction = 1.0 / 8;

    private const int UsualMembers = 8, FewestUnits = 8, LeastUnits = 32, UsualUnits = 64, PlainUnits = 32;
    private const int FewRows = 2_000, SomeRows = 20_000, ManyRows = 100_000;
    private const int BatchOfSome = 256, LeastBatchOfMany = 512, MostBatch = 1024;
    private const int UsualEpochs = 60, MostEpochs = 200, FewestEpochsOfAllMembers = 20, FewFeatures = 10;
    private const int FewestEpochsOfWide = 10;
    private const long CellsInAllEpochs = 200_000_000, RowsInAllEpochs = 450_000, RowsOfAllMembersOfMany = 1_800_000;
    private const int RowsOfLeastPenalty = 300_000, RowsOfFewestMembers = 200_000, RowsOfMoreUnits = 300_000;
    private const int UnitsOfFarWider = 4, EpochsOfFarWider = 6, EpochsOfText = 12;
    private const int UnitsWithCrosses = 64, UnitsWithoutCrosses = 160;
    private const double UsualFeatures = 30;
    private const long MostWeights = 2_000_000, MostWeightsOfSparse = 300_000, MostCellsOfSparseTrees = 1 << 27, MostCellsOfTrees = 1 << 24, MostCellsOfOtherTrees = 1 << 20;
    private const int MostRowsOfTrees = 250_000, RowsOfTrial = 40_000, RowsPerFeatureOfLasso = 50, ManyColumns = 50;

    /// <summary>How many members of how many hidden units. Hidden units that are asked for are those of the network that results, divided
    /// among as many members as leave each of them eight.</summary>
    public static (int Members, int HiddenUnits) Size(ShallowNetworkTrainer.Options options, bool plain, DataShape rows, int intervals)
    {
        int members = options.Members ?? (plain ? 1 : options.HiddenUnits is int all ? Math.Min(MostMembers(all), Members(rows)) : Members(rows));
        if (options.HiddenUnits is int units)
            return (members, Math.Max(1, units / members));
        if (plain)
            return (members, PlainUnits);
        if (rows.IsFarWider)
            return (members, UnitsOfFarWider);
        double columns = rows.IsSparse ? rows.Features : rows.Features * (intervals + 1.0);
        return (members, (int)Math.Clamp((rows.IsSparse ? MostWeightsOfSparse : MostWeights) / (columns * members), FewestUnits, Units(rows)));
    }

    /// <summary>The most members that hidden units are divided among where the number of these is left to the rows.</summary>
    public static int MostMembers(int units) => Math.Clamp(units / FewestUnits, 1, UsualMembers);

    /// <summary>8 of few rows, whose networks differ most, or where few are of the rarer class; 4 where there are rows for trees or larger networks to bring
    /// more; 3 of very many, which had better see them more often.</summary>
    private static int Members(DataShape rows) => rows.IsFarWider ? 4
        : rows.Evidence < FewRows ? UsualMembers : rows.Evidence < SomeRows ? 6 : MembersOfMany(rows);

    private static int MembersOfMany(DataShape rows) => rows.Count < RowsOfFewestMembers ? 4 : 3;

    /// <summary>64; of few rows and of many as many as make a row's work that of 32 units on 32 features, or of 63 to 70 where there are very many: few
    /// rows don't tell more units from one another, and many go through more steps than they can take work. Fewer of many rows whose features are
    /// crossed: what they say together takes no units then; and 32 where few of many rows are of the rarer class.</summary>
    private static int Units(DataShape rows)
    {
        if (rows.Count >= SomeRows && rows.Evidence < SomeRows)
            return LeastUnits;
        if (rows.Count is >= FewRows and < SomeRows)
            return UsualUnits;
        (int units, int multiple) = rows.Count < ManyRows ? (32, 16) : rows.Count <= RowsOfMoreUnits ? (63, 8) : (70, 8);
        return (int)Math.Clamp(units * 32 / rows.ActiveFeatures, LeastUnits, MostUnits(rows)) / multiple * multiple;
    }

    private static int MostUnits(DataShape rows) =>
        rows.Count < FewRows ? UsualUnits : rows.HasCrosses && rows.Count >= ManyRows ? UnitsWithCrosses : UnitsWithoutCrosses;

    /// <summary>8 for up to 10,000 rows, or where few are of the rarer class, 16 up to 100,000, 32 for more: knots where there are rows to place them by.
    /// 4 where fewer than ten features and 2,000 rows leave little; 64 of many rows with few features.</summary>
    public static int EncodingIntervals(DataShape rows) => rows.Evidence < SomeRows / 2
        ? rows.ActiveFeatures < FewFeatures && rows.Count < FewRows ? 4 : 8
        : rows.Count < ManyRows ? 16 : rows.ActiveFeatures < FewFeatures ? 64 : 32;

    /// <summary>60; more where there are fewer than ten features, since what can be learnt from few is often intricate; fewer where there are
    /// many rows, since every epoch then has many steps: as many for all members together as take no longer than boosted trees. Fewer, too, where
    /// features are crossed: that is learnt sooner, and then single rows are; and where
    /// there are thousands of features, of which most is learnt in ten epochs.</summary>
    public static int Epochs(DataShape rows)
    {
        if (rows.IsFarWider)
            return rows.IsSparse ? EpochsOfText : EpochsOfFarWider;
        long usual = Math.Clamp((long)(UsualEpochs * FewFeatures / rows.ActiveFeatures), UsualEpochs, MostEpochs);
        if (!rows.IsSparse)
            usual = Math.Min(usual, Math.Max(FewestEpochsOfWide, CellsInAllEpochs / (rows.Count * rows.Features)));
        // The less a row takes, the more often it can be gone through.
        double shorter = Math.Clamp(28 / rows.ActiveFeatures, 1, rows.Count is >= SomeRows and < ManyRows ? 2 : 4);
        long all = rows.Count < ManyRows ? RowsInAllEpochs : RowsOfAllMembersOfMany / MembersOfMany(rows);
        double less = !rows.HasCrosses ? 1 : rows.Count < ManyRows ? 0.5 : 0.7;
        return (int)Math.Clamp(all * shorter * less / rows.Count, FewestEpochsOfAllMembers / MembersOfMany(rows), usual);
    }

    /// <summary>An eighth of the epochs, at least 4.</summary>
    public static int Patience(int epochs) => Math.Max(4, (int)Math.Round(epochs / 8.0));

    /// <summary>0.004 at 30 features and batches of 128. A step moves a hidden unit by the sum over a row's features, so more of them need a
    /// lower rate; a larger batch has a gradient of less noise, and there are fewer steps.</summary>
    public static double LearningRate(DataShape rows, long batch) =>
        0.004 * Math.Clamp(Math.Sqrt(UsualFeatures / rows.ActiveFeatures), 0.5, 4) * Math.Sqrt(Math.Max(1, batch / 128.0));

    /// <summary>
    /// λ = 0.07 D / rows, at most 8 / rows, more with more knots, and no less for more than 300,000 rows. As a prior: the weights' variance is 1 / (λ rows), so that a hidden unit's
    /// spread is the same whether it comes from few features or many.
    /// </summary>
    public static double L2(DataShape rows, int intervals) => !rows.IsSparse
        ? Math.Min(0.07 * rows.Features, 8) * Math.Max(1, intervals / 8.0) / Math.Min(rows.Count, RowsOfLeastPenalty)
        // The line has one; without it rows of W1ᵀ wait until their words occur.
        : rows.IsFarWider ? 0
        // A column that is mostly 0 is fitted to few rows, which are all that speak for it; but where there are many columns for the rows, to hardly any.
        : Math.Max(0.035 * rows.ActiveFeatures, 20 * Math.Min(1, 8.0 * rows.Features / rows.Count)) / rows.Count;

    /// <summary>The first epoch; of many rows, which have few epochs, when two thirds of them are over, since what they tell at last of
    /// features that work together does not show in the first ones.</summary>
    public static int PenaltyDividedFrom(DataShape rows, int epochs) => rows.Count < ManyRows ? 1 : (2 * epochs + 2) / 3;

    /// <summary>1; more where there are fewer than ten features, whose functions may then be the more intricate.</summary>
    public static double RampScale(DataShape rows) => Math.Clamp(Math.Sqrt(FewFeatures / rows.ActiveFeatures), 1, 3);

    /// <summary>A thirtieth of the rows, 16 to 128, and 256 from 20,000 dense ones on; of 100,000 rows or more a 450th, 512 to 1,024 in steps of 128. Where
    /// rows are so short that an update of all parameters costs as much as they do, 512 from 20,000 rows on and 1,024 from 100,000.</summary>
    public static long BatchSize(DataShape rows)
    {
        bool areShort = rows.ActiveFeatures < FewFeatures;
        return rows.Count >= ManyRows ? (areShort ? MostBatch : Math.Clamp(rows.Count / 450 / 128 * 128, LeastBatchOfMany, MostBatch))
            : rows.Count >= SomeRows && areShort ? LeastBatchOfMany
            : rows.Count >= SomeRows && !rows.IsSparse ? BatchOfSome
            : Math.Clamp(rows.Count / 30, 16, 128);
    }

    /// <summary>ReLU for few rows and where columns are far more than rows; GELU, whose bend is round as most of what many rows tell, for others.</summary>
    public static IActivation HiddenActivation(DataShape rows, bool plain) =>
        plain || rows.IsFarWider || IsSmall(rows) ? Activation.ReLU : Activation.Gelu;

    /// <summary>Whether g(z) - g(-z) = z, so that a line is two hidden units.</summary>
    public static bool TakesLines(IActivation g) => g == Activation.ReLU || g == Activation.Gelu || g == Activation.SiLU;

    /// <summary>A logistic regression, unless so many rows have so few features that the networks learn lines as well; where there are
    /// many for the rows, one that may select some of them.</summary>
    public static LinearPlan? Line(DataShape rows) => !NeedsLine(rows) ? null
        : rows.IsSparse ? LinearPlan.ForSparseRows
        : rows.Count < RowsPerFeatureOfLasso * rows.Features && rows.Features * rows.Count <= MostCellsOfTrees ? LinearPlan.ForWideRows : LinearPlan.ForDenseRows;

    private static bool NeedsLine(DataShape rows) => rows.Count <= SomeRows || rows.ActiveFeatures >= 100;

    /// <summary>
    /// Trees. Of more than 10,000 rows they are larger, for there are rows to tell more leaves by, but grown once, without one part of the rows, and
    /// only where and as far as they help the networks much: they cost time, and a hundred of them take longer to score than the networks. Of sparse
    /// rows twice as many may pass until they do, for one-hot columns are split one by one. Of 100,000 rows or more they are fewer and larger still, and a trial
    /// on some of the rows says whether they are worth it.
    /// </summary>
    public static TreePlan? Trees(DataShape rows, bool bag)
    {
        if (rows.IsSparse && (IsSmall(rows) || rows.Count * rows.Features > MostCellsOfSparseTrees))
            return null;
        if (IsSmall(rows))
            return OfFewRows(rows) with { Refit = !bag };
        var plan = new TreePlan(
            Rounds: 100, Patience: rows.IsSparse ? 40 : 20, JudgedEvery: 20, LeastGain: rows.IsSparse ? 1e-3 : 2e-3, Leaves: 16, MinHessian: 6, L2: 1,
            FeatureShare: rows.IsSparse ? 1 : 0.8, Parts: bag ? 2 : 1, Refit: false);
        if (rows.Count < ManyRows)
            return plan;
        plan = plan with
        {
            Rounds = 60,
            Patience = 40,
            Rate = 0.5,
            Leaves = 32,
            MostRows = (int)Math.Min(MostRowsOfTrees, MostCellsOfTrees / rows.Features),
        };
        return plan with { Trial = plan with { Rounds = 20, Rate = 0.7, Leaves = 64, FeatureShare = 0.5, LeastGain = 5e-4, Parts = 1, MostRows = RowsOfTrial } };
    }

    // Among many columns, some may tell only together, which small trees of half of the columns hardly ever find. Where trees lead the networks there may
    // be more for larger ones to find, and among many columns, each by itself, for smaller ones with finer splits; of millions of cells that takes as long as all else.
    private static TreePlan OfFewRows(DataShape rows) =>
        rows.IsFarWider ? new TreePlan(Intervals: 32)
        : rows.Features < ManyColumns ? new TreePlan { Other = new TreePlan(Rounds: 200, Leaves: 32, FeatureShare: 1) }
        : rows.Count * rows.Features > MostCellsOfOtherTrees ? OfManyColumns(rows)
        : OfManyColumns(rows) with { Other = OfManyColumns(rows) with { Rounds = 200, Leaves = 8, Rate = 0.2, Intervals = 255, MinHessian = 1 } };

    private static TreePlan OfManyColumns(DataShape rows) => new(
        Rounds: 100, Patience: 20, Leaves: 24, Rate: 0.15, Intervals: 64, FeatureShare: Math.Clamp(1_000.0 / rows.Features, 0.25, 1), MinHessian: 2);

    private static bool IsSmall(DataShape rows) => rows.Count <= SomeRows / 2;
}
