namespace Microsoft.ML;

/// <summary>A lazily computed table: a schema, and any number of forward-only cursors over its rows.</summary>
public interface IDataView
{
    /// <summary>Whether cursors may deliver the rows in a random order.</summary>
    bool CanShuffle { get; }
    /// <summary>The columns of this view.</summary>
    DataViewSchema Schema { get; }
    /// <summary>The number of rows, or null where it is not known without reading.</summary>
    long? GetRowCount();
    /// <summary>A cursor over all rows, with <paramref name="rand"/> in random order where <see cref="CanShuffle"/>.</summary>
    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);
    /// <summary>Up to <paramref name="n"/> cursors that share the rows among them.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);
}

/// <summary>Writes the current value of a column into <paramref name="value"/>, reusing its memory where it can.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
