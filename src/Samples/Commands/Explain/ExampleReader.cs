using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>
/// Reads a table into X and Y in double precision, with all the digits that stand in the file. The inputs are those that training gives the
/// network, in the same order: numbers as they are (a missing one is the mean), words one-hot in the order in which they turn up, and after
/// all of them a mark for each column of numbers that has missing values.
/// </summary>
internal sealed class ExampleReader
{
    private readonly List<double[]> _rows = [];
    private readonly List<double> _labels = [];
    private readonly List<long> _numbers = [];
    private readonly List<double> _weights = [];

    private ExampleReader(TableProfile profile)
    {
        ColumnProfile[] used = [.. profile.UsedColumns];
        Dictionary<string, int>[] levels = [.. used.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
        using (TableRows rows = profile.Table.OpenRows())
        {
            while (rows.Read())
            {
                if (profile.LabelByRow[rows.Row] is not bool label)
                    continue;
                var row = new double[used.Length];
                for (int c = 0; c < used.Length; c++)
                    row[c] = Read(rows[used[c].Index], used[c], levels[c]);
                if (profile.Weight is { } weight)
                    _weights.Add(Weight(rows, weight.Index, weight.Name, profile.Table.Path));
                _rows.Add(row);
                _labels.Add(label ? 1 : 0);
                _numbers.Add(rows.Row + 1);
            }
        }

        Encode(used, levels);
    }

    /// <summary>D x m.</summary>
    public Matrix<double> X { get; private set; } = null!;

    /// <summary>1 x m.</summary>
    public Matrix<double> Y => Matrix<double>.Build.Dense(1, _labels.Count, [.. _labels]);

    /// <summary>D names.</summary>
    public IReadOnlyList<string> FeatureNames { get; private set; } = [];

    /// <summary>Each example's row in the file, counted from 1.</summary>
    public IReadOnlyList<long> Rows => _numbers;

    /// <summary>Each example's weight, if a column was named.</summary>
    public Vector<double>? Weights => _weights.Count == 0 ? null : Vector<double>.Build.Dense([.. _weights]);

    public static ExampleReader Read(TableProfile profile) => new(profile);

    // A number, NaN for none; of a word its place in the list, -1 for none.
    private static double Read(ReadOnlySpan<char> field, ColumnProfile column, Dictionary<string, int> levels)
    {
        if (column.Kind == ColumnKind.Numeric)
        {
            if (MissingValue.Is(field) || !NumberText.TryParse(field, out double number))
                return double.NaN;
            return float.IsFinite((float)number) ? number : double.NaN;
        }
        if (MissingValue.Is(field))
            return -1;
        string word = field.ToString();
        if (!levels.TryGetValue(word, out int level))
            levels[word] = level = levels.Count;
        return level;
    }

    private static double Weight(TableRows row, int column, string name, string path) =>
        NumberText.TryParse(row[column], out double weight) && weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new UserError($"{path}, line {row.Line}: the weight in column '{name}' must be a number of 0 or more, not " +
                $"'{row[column]}'.");

    private void Encode(ColumnProfile[] used, Dictionary<string, int>[] levels)
    {
        var names = new List<string>();
        var inputs = new List<double[]>();
        void Add(string name, Func<double[], double> value)
        {
            names.Add(name);
            inputs.Add([.. _rows.Select(value)]);
        }

        for (int c = 0; c < used.Length; c++)
        {
            int column = c;
            if (used[c].Kind == ColumnKind.Numeric)
            {
                double mean = _rows.Select(r => r[column]).Where(v => !double.IsNaN(v)).DefaultIfEmpty(0).Average();
                Add(used[c].Name, r => double.IsNaN(r[column]) ? mean : r[column]);
                continue;
            }

            foreach ((string word, int level) in levels[c].OrderBy(l => l.Value))
                Add($"{used[c].Name}.{word}", r => r[column] == level ? 1 : 0);
        }

        for (int c = 0; c < used.Length; c++)
        {
            int column = c;
            if (used[c].Kind == ColumnKind.Numeric && used[c].Missing > 0)
                Add($"{used[c].Name} is missing", r => double.IsNaN(r[column]) ? 1 : 0);
        }

        FeatureNames = names;
        X = Matrix<double>.Build.Dense(inputs.Count, _rows.Count, (d, i) => inputs[d][i]);
    }
}
