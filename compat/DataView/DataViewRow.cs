namespace Microsoft.ML;

/// <summary>One row of values, reached through typed getters.</summary>
public abstract class DataViewRow : IDisposable
{
    /// <summary>The position among the rows served; -1 before the first.</summary>
    public abstract long Position { get; }
    /// <summary>The batch number that lets a set of cursors be merged in order.</summary>
    public abstract long Batch { get; }
    /// <summary>The columns of this row.</summary>
    public abstract DataViewSchema Schema { get; }
    /// <summary>A getter of the row's identifier, the same whatever the order of the rows.</summary>
    public abstract ValueGetter<DataViewRowId> GetIdGetter();
    /// <summary>Whether values of the column may be asked for.</summary>
    public abstract bool IsColumnActive(DataViewSchema.Column column);
    /// <summary>A getter of the column's values; <typeparamref name="TValue"/> is the column's raw type.</summary>
    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    /// <summary>Releases what the row holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what a derived class holds.</summary>
    protected virtual void Dispose(bool disposing) { }
}

/// <summary>A row that moves over the rows of a view.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    /// <summary>Moves to the next row; false when there is none.</summary>
    public abstract bool MoveNext();
}
