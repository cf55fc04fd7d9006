namespace MlNetShallowNet.Samples.Tables;

/// <summary>Collects the examples' weights, to tell whether one can train with them.</summary>
internal sealed class WeightProfile(string name, int index)
{
    /// <summary>Sums of weights are kept in single precision, which ends at 3.4e38.</summary>
    private const double Largest = 1e30;

    private const double WidestRatio = 1e20;

    private readonly List<double> _byRow = [];
    private (double Weight, long Line) _largest = (0, 0);
    private (double Weight, long Line) _smallest = (double.PositiveInfinity, 0);

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>The column's position in the file.</summary>
    public int Index { get; } = index;

    /// <summary>Takes the weight of the next row; one without a label may have none.</summary>
    /// <returns>The weight; 0 without a label.</returns>
    /// <exception cref="UserError">It is no weight.</exception>
    public double Add(ReadOnlySpan<char> field, bool hasLabel, string source, long line)
    {
        double weight = 0;
        if (hasLabel)
        {
            weight = Read(field, Name, source, line);
            if (weight > _largest.Weight)
                _largest = (weight, line);
            if (weight > 0 && weight < _smallest.Weight)
                _smallest = (weight, line);
        }
        _byRow.Add(weight);
        return weight;
    }

    /// <summary>Reads a weight.</summary>
    /// <exception cref="UserError">It is no number from 0 up.</exception>
    public static double Read(ReadOnlySpan<char> field, string name, string source, long line) =>
        NumberText.TryParse(field, out double weight) && weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new UserError(
                $"{source}, line {line}: {Shown.Text(field)} in column {Shown.Text(name)} is no weight; a weight is a number from 0 up.");

    /// <summary>Looks at all weights once the labels are known.</summary>
    /// <exception cref="UserError">One can't train with them.</exception>
    public void Check(bool?[] labels, LabelValues values, string source)
    {
        string column = $"{source}: the weights in column {Shown.Text(Name)}";
        if (_largest.Weight == 0)
            throw new UserError($"{column} are all 0, so no row counts; a weight is a number from 0 up, as a rule about 1.");
        if (_largest.Weight > Largest || _largest.Weight / _smallest.Weight > WidestRatio)
        {
            throw new UserError(
                $"{column} go from {NumberText.Format(_smallest.Weight)} (line {_smallest.Line}) to {NumberText.Format(_largest.Weight)} (line " +
                $"{_largest.Line}); keep them below 1E+30 and the largest within 1E+20 times the smallest.");
        }
        foreach (bool label in (bool[])[false, true])
        {
            double sum = 0;
            for (int row = 0; row < labels.Length; row++)
                sum += labels[row] == label ? _byRow[row] : 0;
            if (sum == 0)
                throw new UserError($"{column} are 0 in all rows with the label {Shown.Text(values.Of(label))}, so there is nothing to tell it by.");
        }
    }
}
