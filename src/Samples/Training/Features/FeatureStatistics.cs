using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>What the transforms before the network are made from, found in one pass over the rows to learn from.</summary>
internal sealed class FeatureStatistics
{
    private FeatureStatistics(TableProfile profile)
    {
        NumberColumns = [.. profile.UsedColumns.Where(column => column.Kind == ColumnKind.Numeric)];
        WordColumns = [.. profile.UsedColumns.Where(column => column.Kind == ColumnKind.Categorical)];
        TextColumns = [.. profile.UsedColumns.Where(column => column.Kind == ColumnKind.FreeText)];
        DateColumns = [.. NumberColumns.Where(column => column.Format.IsDate())];
        Numbers = [.. NumberColumns.Select(_ => new NumberStatistics())];
        PartMeans = new double[DateParts.All.Count][];
        Words = [.. WordColumns.Select(_ => new List<string>())];
    }

    /// <summary>The columns of numbers, dates among them, in the file's order.</summary>
    public IReadOnlyList<ColumnProfile> NumberColumns { get; }

    /// <summary>The columns of dates.</summary>
    public IReadOnlyList<ColumnProfile> DateColumns { get; }

    /// <summary>The columns of words, in the file's order.</summary>
    public IReadOnlyList<ColumnProfile> WordColumns { get; }

    /// <summary>The columns of free text, in the file's order.</summary>
    public IReadOnlyList<ColumnProfile> TextColumns { get; }

    /// <summary>For each column of numbers what is to be known of it.</summary>
    public IReadOnlyList<NumberStatistics> Numbers { get; }

    /// <summary>For each part of a date, the mean of each column of dates.</summary>
    public double[][] PartMeans { get; }

    /// <summary>For each column of words its words, in the order in which they turn up.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Words { get; }

    /// <summary>Reads the rows.</summary>
    /// <param name="profile">The table.</param>
    /// <param name="view">Those of its rows to learn from.</param>
    /// <exception cref="UserError">A column's numbers are beyond single precision, however they are scaled.</exception>
    public static FeatureStatistics Read(TableProfile profile, TableView view)
    {
        FeatureStatistics statistics = new(profile);
        int[] numbers = [.. view.CellsOf(ColumnRole.Number)], words = [.. view.CellsOf(ColumnRole.Word)];
        HashSet<string>[] seen = [.. words.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
        NumberStatistics[,] parts = new NumberStatistics[DateParts.All.Count, statistics.DateColumns.Count];
        int[] dateOf = [.. statistics.NumberColumns.Select(column => statistics.DateColumns.ToList().IndexOf(column))];
        foreach ((int part, int date) in Pairs(parts))
            parts[part, date] = new NumberStatistics();
        using RowCells rows = view.OpenCells();
        while (rows.Read())
        {
            for (int c = 0; c < numbers.Length; c++)
            {
                double number = rows.Number(numbers[c]);
                statistics.Numbers[c].Add(number);
                if (dateOf[c] < 0 || double.IsNaN(number))
                    continue;
                double[] of = DateParts.Of(number);
                for (int part = 0; part < of.Length; part++)
                    parts[part, dateOf[c]].Add(of[part]);
            }
            for (int c = 0; c < words.Length; c++)
            {
                ReadOnlyMemory<char> word = rows.Text(words[c]);
                if (word.IsEmpty || seen[c].GetAlternateLookup<ReadOnlySpan<char>>().Contains(word.Span))
                    continue;
                string first = word.ToString();
                seen[c].Add(first);
                ((List<string>)statistics.Words[c]).Add(first);
            }
        }
        foreach ((int c, NumberStatistics number) in statistics.Numbers.Index())
        {
            number.Decide();
            if (number.IsBeyondSingle)
                throw BeyondSingle(profile.Table.Path, statistics.NumberColumns[c].Name, number);
        }
        for (int part = 0; part < DateParts.All.Count; part++)
            statistics.PartMeans[part] = [.. Enumerable.Range(0, statistics.DateColumns.Count).Select(date => parts[part, date].Mean)];
        return statistics;
    }

    private static UserError BeyondSingle(string table, string column, NumberStatistics number) => new(
        $"{table}: the numbers of column {Shown.Text(column)} go from {NumberText.Format(number.Range.Least)} to {NumberText.Format(number.Range.Largest)}, " +
        "which single precision can't hold or tell apart side by side; leave fields empty whose number stands for a missing value, write the numbers in another unit, " +
        "or leave the column out with --ignore.");

    private static IEnumerable<(int Part, int Date)> Pairs(NumberStatistics[,] parts) =>
        from part in Enumerable.Range(0, parts.GetLength(0)) from date in Enumerable.Range(0, parts.GetLength(1)) select (part, date);
}
