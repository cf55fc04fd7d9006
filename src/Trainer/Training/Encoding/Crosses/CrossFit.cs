using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Finds the features of few values that say more together than one by one, as month and day of the month do where much happens on single
/// days. A hidden unit adds up what each of them says; what they say only together takes many units, so that the network gets columns for it.
/// How much that is, is what a model that adds up all features leaves over (as in Lou et al., 2013, "Accurate intelligible models with
/// pairwise interactions", but by a score test, which needs no fit of each pair).
/// </summary>
internal sealed class CrossFit
{
    private const int MostRows = 100_000, MostCodes = 1 << 21, MostFeatures = 1 << 20, MostSubjects = 32, MostColumns = 1 << 14, FewestRowsOfCell = 100, IntervalsOfOthers = 16;

    // What the cells say is worth three times what chance says in their place, lowers the log loss by so much, and is hardly chance.
    private const double LeastSignal = 3, LeastGain = 0.002, LeastStatistic = 40;

    private readonly CrossSubject[] _subjects;
    private readonly AdditiveModel _additive;
    private readonly int _rows;

    private CrossFit(CrossSubject[] subjects, CrossSubject[] others, TrainingRows rows)
    {
        (_subjects, _rows, _additive) = (subjects, rows.Count, new AdditiveModel(rows.Labels, rows.Weights));
        foreach (CrossSubject subject in (CrossSubject[])[.. subjects, .. others])
            _additive.Add(subject.Codes);
    }

    /// <summary>Finds them.</summary>
    /// <param name="rows">The rows, or a sample of them.</param>
    public static FeatureCross[] Find(SparseRows rows)
    {
        if (rows.FeatureCount > MostFeatures)
            return [];
        int most = Math.Min(MostRows, (int)(MostCodes / Math.Max(1, rows.MeanNonZeros)));
        SparseRows some = SpreadRows.Of(rows.Count, most) is { } which ? (SparseRows)rows.Only(which) : rows;
        FittedFeature[] features = EncodingFit.Fit(some, IntervalsOfOthers, threads: 1, byValue: _ => true);
        CrossSubject[] all = CrossSubject.Find(some, features, MostSubjects), subjects = [.. all.Where(subject => subject.HasFewValues)];
        return subjects.Length is > 1 and <= MostSubjects ? new CrossFit(subjects, [.. all.Except(subjects)], some).Find() : [];
    }

    private FeatureCross[] Find()
    {
        var found = new List<FeatureCross>();
        var pairs = (
            from second in _subjects
            from first in _subjects.TakeWhile(subject => subject != second)
            where (long)first.Columns * second.Columns <= MostColumns
            select (First: first, Second: second)).ToList();
        while (pairs.Count > 0)
        {
            // One after another, for what one says another often says, too: the day of the month and the weekday also know the date.
            _additive.Fit();
            double[] gains = [.. pairs.Select(pair => Gain(pair.First.Codes, pair.Second.Codes))];
            int best = Array.IndexOf(gains, gains.Max());
            if (gains[best] == 0)
                break;
            (CrossSubject first, CrossSubject second) = pairs[best];
            pairs.RemoveAt(best);
            found.Add(new FeatureCross(first.First, first.Count, second.First, second.Count));
            _additive.Add(RowCodes.Cross(first.Codes, second.Codes));
        }
        return [.. found.OrderBy(cross => cross.First).ThenBy(cross => cross.Second)];
    }

    // By how much the log loss would fall; 0 where that is too little or too uncertain.
    private double Gain(RowCodes first, RowCodes second)
    {
        RowCodes cells = RowCodes.Cross(first, second);
        double chance = Math.Max(1, cells.Used - first.Used - second.Used + 1), signal = _additive.LeftOver(cells) - chance, gain = signal / (2 * _rows);
        bool isMuch = signal >= LeastSignal * chance && signal >= LeastStatistic && gain >= LeastGain;
        return isMuch && cells.Used <= _rows / FewestRowsOfCell ? gain : 0;
    }
}
