namespace MlNetShallowNet.Training;

/// <summary>
/// Whether a feature's values tell by themselves what their neighbours do not, as the numbers of shops or groups do: then it needs a knot at each, while
/// a curve, however steep, needs few.
/// </summary>
internal static class LabelsByValue
{
    private const double OfChance = 2; // times what chance brings
    private const int FewestValues = 12;

    /// <summary>Whether they do: how far each value's share of positive rows is from the mean of its two neighbours', squared, beside the variance that
    /// chance gives it.</summary>
    /// <param name="values">The feature's values, ascending.</param>
    /// <param name="feature">Its value in each row; one that is not among the values counts for the next lower.</param>
    /// <param name="labels">Each row's label, 0 or 1.</param>
    /// <param name="weights">Each row's weight; null where each is 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Tell(float[] values, float[] feature, float[] labels, float[]? weights)
    {
        if (values.Length < FewestValues)
            return false;
        double[] all = new double[values.Length], positive = new double[values.Length];
        double perRow = weights is null ? 1 : feature.Length / weights.Sum(w => (double)w); // weights of mean 1: rows are what chance goes by
        for (int i = 0; i < feature.Length; i++)
        {
            int at = Array.BinarySearch(values, feature[i]);
            at = Math.Max(0, at < 0 ? ~at - 1 : at);
            double weight = perRow * (weights?[i] ?? 1);
            all[at] += weight;
            positive[at] += weight * labels[i];
        }
        double statistic = 0;
        int compared = 0;
        for (int v = 1; v < values.Length - 1; v++)
        {
            (double left, double own, double right) = (all[v - 1], all[v], all[v + 1]);
            if (!(left > 0 && own > 0 && right > 0))
                continue;
            // Half a row of each class more, for shares of 0 and 1 are not certain.
            double share = (positive[v - 1] + positive[v] + positive[v + 1] + 0.5) / (left + own + right + 1);
            double difference = positive[v] / own - (positive[v - 1] / left + positive[v + 1] / right) / 2;
            statistic += difference * difference / (share * (1 - share) * (1 / own + (1 / left + 1 / right) / 4));
            compared++;
        }
        return statistic > OfChance * compared;
    }
}
