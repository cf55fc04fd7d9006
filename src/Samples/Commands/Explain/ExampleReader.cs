using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>
/// Reads a table into X and Y in double precision, with all the digits that stand in the file. The inputs are those that training gives the
/// network, in the same order: numbers as they are (a missing one is the mean), the parts of dates, words one-hot in the order in which
/// they turn up, and a mark for each column of numbers that has missing values.
/// </summary>
internal sealed class ExampleReader
{
    private readonly List<double[]> _rows = [];
    private readonly List<double> _labels = [];
    private readonly List<long> _numbers = [];
    private readonly List<double> _weights = [];

    private ExampleReader(TableProfile profile)
    {
        if (profile.UsedColumns.FirstOrDefault(column => column.Kind == ColumnKind.FreeText) is { } text)
        {
            throw new UserError(
                $"Column {Shown.Text(text.Name)} is free text, which would be thousands of inputs to show; leave it out with --ignore, or take the words as categories with --categorical.");
        }
        TableView view = TableView.ForTraining(profile);
        FeatureStatistics statistics = FeatureStatistics.Read(profile, view);
        int[] numbers = [.. view.CellsOf(ColumnRole.Number)], words = [.. view.CellsOf(ColumnRole.Word)];
        using (RowCells rows = view.OpenCells())
        {
            while (rows.Read())
            {
                if (profile.Weight is not null)
                    _weights.Add(rows.Weight);
                _rows.Add(Inputs([.. numbers.Select(rows.Number)], [.. words.Select(cell => rows.Text(cell).ToString())], statistics));
                _labels.Add(rows.Label ? 1 : 0);
                _numbers.Add(rows.Row + 1);
            }
        }
        FeatureNames = InputMap.Of([.. Names(statistics)], []).Names;
        X = Matrix<double>.Build.DenseOfColumnArrays(_rows);
    }

    /// <summary>D x m.</summary>
    public Matrix<double> X { get; }

    /// <summary>1 x m.</summary>
    public Matrix<double> Y => Matrix<double>.Build.Dense(1, _labels.Count, [.. _labels]);

    /// <summary>D names.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Each example's row in the file, counted from 1.</summary>
    public IReadOnlyList<long> Rows => _numbers;

    /// <summary>Each example's weight, if a column was named.</summary>
    public Vector<double>? Weights => _weights.Count == 0 ? null : Vector<double>.Build.Dense([.. _weights]);

    public static ExampleReader Read(TableProfile profile) => new(profile);

    private static double[] Inputs(double[] numbers, string[] words, FeatureStatistics statistics)
    {
        List<double> inputs = [];
        for (int c = 0; c < numbers.Length; c++)
        {
            NumberStatistics of = statistics.Numbers[c];
            double number = double.IsNaN(numbers[c]) ? of.Mean : numbers[c];
            inputs.Add(of.IsMoved ? (number - of.Line.Zero) / (of.Line.One - of.Line.Zero) : number);
        }
        double[] dates = [.. numbers.Where((_, c) => statistics.NumberColumns[c].Format.IsDate())];
        double[][] parts = [.. dates.Select(date => double.IsNaN(date) ? [] : DateParts.Of(date))];
        for (int part = 0; part < DateParts.All.Count; part++)
            inputs.AddRange(parts.Select((of, date) => of.Length == 0 ? statistics.PartMeans[part][date] : of[part]));
        for (int c = 0; c < words.Length; c++)
            inputs.AddRange(statistics.Words[c].Select(word => word == words[c] ? 1.0 : 0));
        inputs.AddRange(numbers.Where((_, c) => statistics.NumberColumns[c].Missing > 0).Select(number => double.IsNaN(number) ? 1.0 : 0));
        return [.. inputs];
    }

    private static IEnumerable<(string Column, string Name, bool IsMark)> Names(FeatureStatistics statistics) =>
    [
        .. statistics.NumberColumns.Select(c => (c.Name, c.Name, false)),
        .. DateParts.All.SelectMany(part => statistics.DateColumns.Select(c => (c.Name, $"{c.Name}.{part.Name}", false))),
        .. statistics.WordColumns.SelectMany((c, i) => statistics.Words[i].Select(word => (c.Name, $"{c.Name}.{word}", false))),
        .. statistics.NumberColumns.Where(c => c.Missing > 0).Select(c => (c.Name, $"{c.Name} is missing", true)),
    ];
}
