namespace Microsoft.ML.Data;

/// <summary>How often each class was predicted for each; the positive class comes first.</summary>
public sealed class ConfusionMatrix
{
    private const string InvalidIndex = "Invalid index. Should be non-negative, less than the number of classes.";
    private readonly ReadOnlyMemory<char>[] _names;
    internal ConfusionMatrix(double[][] counts, double[] precision, double[] recall, ReadOnlyMemory<char>[] names)
        => (Counts, PerClassPrecision, PerClassRecall, _names) = (counts, precision, recall, names);
    /// <summary>For each class the share of true ones among rows predicted to be of it.</summary>
    public IReadOnlyList<double> PerClassPrecision { get; }
    /// <summary>For each class the share of its rows that are predicted to be.</summary>
    public IReadOnlyList<double> PerClassRecall { get; }
    /// <summary>The counts, by true class and then by predicted class.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }
    /// <summary>The number of classes.</summary>
    public int NumberOfClasses => Counts.Count;

    /// <summary>How often one class was predicted for another.</summary>
    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        Contracts.CheckParam(predictedClassIndicatorIndex > -1 && predictedClassIndicatorIndex < Counts.Count,
            nameof(predictedClassIndicatorIndex), InvalidIndex);
        Contracts.CheckParam(actualClassIndicatorIndex > -1 && actualClassIndicatorIndex < Counts.Count, nameof(actualClassIndicatorIndex),
            InvalidIndex);
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    /// <summary>The matrix as a table of text.</summary>
    public string GetFormattedConfusionTable()
    {
        // Names that are wider than a column stand in the rows only, with their numbers.
        int longest = _names.Max(name => name.Length);
        bool numbered = longest > 8;
        int width = Math.Max(9, longest + (numbered ? 3 : 0));
        string pad = new(' ', width - 9), line = $"{pad}||{new string('=', 11 * _names.Length)}";
        double positive = Counts[0].Sum(), negative = Counts[1].Sum();
        var text = new StringBuilder();
        text.Append($"TEST {_names[0].ToString().ToUpper()} RATIO:\t{positive / (positive + negative):N4} ");
        text.AppendLine($"({positive:F1}/({positive:F1}+{negative:F1}))");
        text.AppendLine("Confusion table");
        text.AppendLine($"          {line}");
        var heads = _names.Select((name, i) => $" {(numbered ? i.ToString() : name.ToString()),8} |");
        text.AppendLine($"PREDICTED {pad}||{string.Concat(heads)} Recall");
        text.AppendLine($"TRUTH     {line}");
        for (int i = 0; i < _names.Length; i++)
        {
            string label = numbered ? $"{i}. {_names[i].ToString().PadLeft(width - 3)}" : _names[i].ToString().PadLeft(width);
            text.AppendLine($"{label} ||{string.Concat(Counts[i].Select(count => $" {count,8:N0} |"))} {PerClassRecall[i],5:F4}");
        }
        text.AppendLine($"          {line}");
        text.AppendLine($"Precision {pad}||{string.Concat(PerClassPrecision.Select(precision => $"{precision,9:N4} |"))}");
        return text.ToString();
    }
}
