using System.Globalization;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Quality.Tables;

/// <summary>
/// Makes numbers of a table as the recorded peers got them: categories one-hot (a missing value is a category), missing numbers the median with an
/// indicator; all fitted on the training rows.
/// </summary>
internal sealed class TableEncoder
{
    // Rows of more features than this are kept as sparse ones, as ML.NET's own one-hot encoding does.
    private const int MostDense = 200;

    // Writes a cell's features from the given place on.
    private readonly List<(int From, Action<int, Span<float>> Write)> _columns = [];

    public TableEncoder(Table table, int[] trainingRows)
    {
        foreach (string[] cells in table.Cells)
        {
            if (cells.All(c => c.Length == 0 || float.TryParse(c, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
                AddNumbers(cells, trainingRows);
            else
                AddCategories(cells, trainingRows);
        }
    }

    /// <summary>How many features a row has.</summary>
    public int Features { get; private set; }

    /// <summary>A row's features.</summary>
    public VBuffer<float> Encode(int row)
    {
        float[] dense = new float[Features];
        foreach ((int from, Action<int, Span<float>> write) in _columns)
            write(row, dense.AsSpan(from));
        if (Features <= MostDense)
            return new VBuffer<float>(Features, dense);
        int[] places = [.. Enumerable.Range(0, Features).Where(d => dense[d] != 0)];
        return new VBuffer<float>(Features, places.Length, Array.ConvertAll(places, d => dense[d]), places);
    }

    private void AddNumbers(string[] cells, int[] trainingRows)
    {
        float[] values = Array.ConvertAll(cells, c => c.Length == 0 ? float.NaN : float.Parse(c, CultureInfo.InvariantCulture));
        if (!values.Any(float.IsNaN))
        {
            Add(1, (row, to) => to[0] = values[row]);
            return;
        }

        float[] known = [.. trainingRows.Select(i => values[i]).Where(v => !float.IsNaN(v)).Order()];
        float median = known.Length == 0 ? 0 : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        Add(2, (row, to) => (to[0], to[1]) = float.IsNaN(values[row]) ? (median, 1) : (values[row], 0));
    }

    private void AddCategories(string[] cells, int[] trainingRows)
    {
        Dictionary<string, int> places = trainingRows.Select(i => cells[i]).Distinct().Order(StringComparer.Ordinal)
            .Select((category, place) => (category, place)).ToDictionary(c => c.category, c => c.place);
        Add(places.Count, (row, to) =>
        {
            if (places.TryGetValue(cells[row], out int place))
                to[place] = 1;
        });
    }

    private void Add(int features, Action<int, Span<float>> write)
    {
        _columns.Add((Features, write));
        Features += features;
    }
}
