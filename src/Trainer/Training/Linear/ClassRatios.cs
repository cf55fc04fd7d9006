namespace MlNetShallowNet.Training;

/// <summary>
/// What each word tells by itself: the logarithm of how often it occurs in rows of one class beside those of the other, as naive Bayes has it, without its
/// sign. Columns times these numbers have weights that the penalty draws to 0 the less, the more their words tell; then a regression finds
/// more of what rare words say (Wang and Manning, 2012).
/// </summary>
/// <param name="rows">Sparse rows. Numbers among the words, which are scaled, count as they are.</param>
/// <param name="smoothing">Occurrences that are added to a word's, divided between the classes as the rows are.</param>
internal sealed class ClassRatios(ScaledRows rows, double smoothing)
{
    /// <summary>The number of each column.</summary>
    /// <param name="rowWeights">How much each row counts; null for 1. Rows that don't take part have 0.</param>
    public double[] Of(float[]? rowWeights)
    {
        double[] positive = new double[rows.Features.Length], negative = new double[rows.Features.Length], ratios = new double[rows.Features.Length];
        Array.Fill(ratios, 1);
        (double allPositive, double allNegative) = (0, 0);
        for (int i = 0; i < rows.Rows.Count; i++)
        {
            double weight = rowWeights?[i] ?? 1;
            if (weight == 0)
                continue;
            double ofPositive = weight * rows.Rows.Labels[i], ofNegative = weight - ofPositive;
            (allPositive, allNegative) = (allPositive + ofPositive, allNegative + ofNegative);
            for (int k = rows.Sparse.RowStarts[i]; k < rows.Sparse.RowStarts[i + 1]; k++)
            {
                int column = rows.Sparse.Indices[k];
                (positive[column], negative[column]) = (positive[column] + ofPositive, negative[column] + ofNegative);
            }
        }

        if (allPositive == 0 || allNegative == 0)
            return ratios;
        double share = allPositive / (allPositive + allNegative);
        for (int c = 0; c < ratios.Length; c++)
        {
            if (rows.Scale[c] == 1)
                ratios[c] = Math.Abs(Math.Log((positive[c] + smoothing * share) / allPositive * allNegative / (negative[c] + smoothing * (1 - share))));
        }
        return ratios;
    }
}
