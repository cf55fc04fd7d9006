using System.Globalization;

namespace MlNetShallowNet.Quality;

/// <summary>
/// Makes numbers of a table as the peers got them: categories one-hot (a missing value is a category), missing numbers the median with an
/// indicator; all fitted on the training rows.
/// </summary>
internal static class TableEncoder
{
    /// <summary>The features of all rows.</summary>
    public static float[][] Encode(Table table, int[] trainingRows)
    {
        var columns = new List<float[]>();
        foreach (string[] cells in table.Cells)
        {
            if (cells.All(c => c.Length == 0 || float.TryParse(c, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
                AddNumbers(columns, cells, trainingRows);
            else
                AddCategories(columns, cells, trainingRows);
        }

        return [.. Enumerable.Range(0, table.Labels.Length).Select(i => columns.Select(c => c[i]).ToArray())];
    }

    private static void AddNumbers(List<float[]> columns, string[] cells, int[] trainingRows)
    {
        float[] values = Array.ConvertAll(cells, c => c.Length == 0 ? float.NaN : float.Parse(c, CultureInfo.InvariantCulture));
        if (!values.Any(float.IsNaN))
        {
            columns.Add(values);
            return;
        }

        float[] known = [.. trainingRows.Select(i => values[i]).Where(v => !float.IsNaN(v)).Order()];
        float median = known.Length == 0 ? 0 : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        columns.Add(Array.ConvertAll(values, v => float.IsNaN(v) ? median : v));
        columns.Add(Array.ConvertAll(values, v => float.IsNaN(v) ? 1f : 0f));
    }

    private static void AddCategories(List<float[]> columns, string[] cells, int[] trainingRows)
    {
        foreach (string category in trainingRows.Select(i => cells[i]).Distinct().Order(StringComparer.Ordinal))
            columns.Add(Array.ConvertAll(cells, c => c == category ? 1f : 0f));
    }
}
