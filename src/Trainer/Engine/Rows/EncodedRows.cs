namespace MlNetShallowNet.Engine;

/// <summary>
/// Rows of encoded features: for each feature with knots its position along them (2.25 is a quarter of the way from knot 2 to knot 3), and
/// the other columns as sparse rows. The network's columns are the features' knots, one feature after another, and then those.
/// </summary>
internal sealed class EncodedRows : TrainingRows
{
    /// <param name="ramps">The features with knots.</param>
    /// <param name="positions">Their positions, row after row; m x F numbers, and maybe others behind them.</param>
    /// <param name="others">The other columns of the same rows, with their labels and weights; none of them may be there.</param>
    public EncodedRows(Ramps ramps, float[] positions, SparseRows others)
        : base(ramps.ColumnCount + others.FeatureCount, others.Labels, others.Weights)
    {
        if (positions.Length < (long)ramps.Count * Count)
            throw new ArgumentException($"{Count} rows of {ramps.Count} positions need {(long)ramps.Count * Count} numbers; found {positions.Length}.");
        (Ramps, Positions, Others) = (ramps, positions, others);
    }

    /// <summary>The features with knots.</summary>
    public Ramps Ramps { get; }

    /// <summary>Their positions, m x F, and maybe other numbers behind them.</summary>
    public float[] Positions { get; }

    /// <summary>The other columns.</summary>
    public SparseRows Others { get; }
}
