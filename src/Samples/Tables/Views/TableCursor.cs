using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>A pass over a <see cref="TableView"/>.</summary>
/// <param name="view">The view.</param>
/// <param name="active">Which of its columns will be read.</param>
/// <param name="cells">The rows.</param>
internal sealed class TableCursor(TableView view, bool[] active, RowCells cells) : DataViewRowCursor
{
    private long _position = -1;

    public override DataViewSchema Schema => view.Schema;

    public override long Position => _position;

    public override long Batch => cells.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override bool MoveNext()
    {
        bool isThere = cells.Read();
        _position = isThere ? _position + 1 : -1;
        return isThere;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId value) => value = new DataViewRowId((ulong)cells.Row, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!active[column.Index])
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor; ask for it with the cursor.");
        ViewColumn asked = view.Columns[column.Index];
        int first = view.FirstCell(column.Index);
        Delegate getter = asked.Role switch
        {
            ColumnRole.Number when asked.IsVector => VectorGetter<double>(asked, numbers => cells.Numbers(first, numbers)),
            ColumnRole.Number => (ValueGetter<double>)((ref double value) => value = cells.Number(first)),
            ColumnRole.Word when asked.IsVector => VectorGetter(asked, NamedWords(asked, first)),
            ColumnRole.Word or ColumnRole.Text => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = cells.Text(first)),
            ColumnRole.Label => (ValueGetter<bool>)((ref bool value) => value = cells.Label),
            _ => (ValueGetter<float>)((ref float value) => value = (float)cells.Weight),
        };
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, not {typeof(TValue).Name}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            cells.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Reads words with their column's name before each; of the first different ones each is made once.</summary>
    private ReadValues<ReadOnlyMemory<char>> NamedWords(ViewColumn column, int first)
    {
        Dictionary<string, string>[] named = [.. column.Sources.Select(_ => new Dictionary<string, string>(StringComparer.Ordinal))];
        return words =>
        {
            for (int i = 0; i < words.Length; i++)
                words[i] = Named(named[i], column.Sources[i].Name, cells.Text(first + i).Span).AsMemory();
        };
    }

    private static string? Named(Dictionary<string, string> known, string column, ReadOnlySpan<char> word)
    {
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (word.IsEmpty)
            return null;
        if (lookup.TryGetValue(word, out string? name))
            return name;
        name = string.Concat(column, [ViewColumn.BeforeWord], word);
        if (known.Count < ColumnProfile.MostLevels)
            lookup[word] = name;
        return name;
    }

    private delegate void ReadValues<T>(Span<T> values);

    private static ValueGetter<VBuffer<T>> VectorGetter<T>(ViewColumn column, ReadValues<T> read) => (ref VBuffer<T> value) =>
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref value, column.Sources.Count);
        read(editor.Values);
        value = editor.Commit();
    };
}
