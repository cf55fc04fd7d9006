namespace MlNetShallowNet.Training;

/// <summary>How training represents one feature.</summary>
/// <param name="FirstColumn">Its first column among those that the engine reads.</param>
/// <param name="FirstParameter">Its first row among the trained parameters of the first layer.</param>
/// <param name="Reference">A feature that is one column: the value that counts as 0, its most frequent one, so that rows are sparse.</param>
/// <param name="Scale">A feature that is one column: what the difference from the reference is multiplied with.</param>
/// <param name="Line">A feature with knots: the values at them of the feature itself, standardised and clipped.</param>
/// <param name="MeanColumns">A feature with knots: the mean of each of its columns over the rows.</param>
internal sealed record FittedFeature(
    int FirstColumn, int FirstParameter, float Reference, float Scale, float[] Line, float[] MeanColumns)
{
    /// <summary>Knots; 0 for a feature that is one column.</summary>
    public int Knots => Line.Length;

    public int Columns => Knots == 0 ? 1 : Knots;

    /// <summary>One for a column as it is; for a feature with knots its line and a ramp for each interval.</summary>
    public int Parameters => Knots == 0 ? 1 : Knots;
}
