using System.Globalization;
using Microsoft.ML;

namespace MlNetShallowNet.Sources;

/// <summary>A data view as several parts of rows.</summary>
public static class ViewRows
{
    /// <summary>Several parts of as many rows each, one more or less, in the view's order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="name">What errors call them.</param>
    /// <param name="parts">How many; fewer where there are fewer rows.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is less than 1.</exception>
    /// <exception cref="InvalidDataException">There are no rows.</exception>
    public static IReadOnlyList<RowPart> Split(IDataView rows, string name, int parts)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        long count = rows.GetRowCount() ?? Count(rows);
        if (count == 0)
            throw new InvalidDataException($"{name} has no rows; rows with a label are needed.");
        long used = Math.Min(parts, count);
        return [.. Enumerable.Range(0, (int)used).Select(k => new Slice(rows, name, Start(k), Start(k + 1L)))];

        long Start(long k) => (long)((Int128)count * k / used);
    }

    private static long Count(IDataView rows)
    {
        using DataViewRowCursor cursor = rows.GetRowCursor([]);
        long count = 0;
        while (cursor.MoveNext())
            count++;
        return count;
    }

    private sealed class Slice(IDataView rows, string name, long start, long end) : RowPart
    {
        public override string Name => string.Create(CultureInfo.InvariantCulture, $"rows {start + 1} to {end} of {name}");

        public override IDataView Load(MLContext context) => context.Data.TakeRows(start == 0 ? rows : context.Data.SkipRows(rows, start), end - start);
    }
}
