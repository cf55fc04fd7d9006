namespace Microsoft.ML.Data;

/// <summary>Writes views as text, character for character as ML.NET does.</summary>
internal sealed class TextSaver(IDataView data, char separator, bool keepHidden, bool forceDense)
{
    // What an item costs in a sparse line, in items of a dense one.
    private const double SparseWeight = 2.5;
    private readonly DataViewSchema.Column[] _columns = [.. data.Schema.Where(column => keepHidden || !column.IsHidden)];

    public void Save(Stream stream, bool headerRow, bool schema)
    {
        Contracts.CheckParam(separator is '\t' or ' ' or ',' or ';' or '|', "Separator",
            "Invalid separator - must be: space, tab, comma, semicolon, or bar");
        headerRow &= Array.Exists(_columns, column => column.Type is not VectorDataViewType || column.HasSlotNames());
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
        foreach (var line in schema ? TextSaverSchema.Describe(_columns, separator, headerRow) : [])
            writer.WriteLine(line);
        using var cursor = data.GetRowCursor(_columns);
        var values = Array.ConvertAll(_columns, column => Generic.Invoke<(Func<VBuffer<string>> Read, string Default)>(
            MakeReader<int>, column.Type.GetItemType().RawType, cursor, column, separator));
        var defaults = Array.ConvertAll(values, column => column.Default);
        if (headerRow)
            WriteLine(writer, Array.ConvertAll(_columns, GetHeader), _ => "\"\"", _ => "");
        while (cursor.MoveNext())
            WriteLine(writer, Array.ConvertAll(values, column => column.Read()), c => defaults[c], c => defaults[c]);
    }

    /// <summary>
    /// Writes a line: items equal to what is left out are marked, and the line is written dense up to the column where that costs least,
    /// and as its length and <c>index:item</c> from there on.
    /// </summary>
    private void WriteLine(TextWriter writer, VBuffer<string>[] columns, Func<int, string> filler, Func<int, string> leftOut)
    {
        var items = new List<(int Index, string Text)>();
        var (ends, itemEnds) = (new int[columns.Length + 1], new int[columns.Length + 1]);
        for (var c = 0; c < columns.Length; c++)
        {
            items.AddRange(columns[c].Items().Where(item => item.Value != leftOut(c)).Select(item => (ends[c] + item.Key, item.Value)));
            (ends[c + 1], itemEnds[c + 1]) = (ends[c] + columns[c].Length, items.Count);
        }
        var dense = forceDense ? columns.Length : ChooseDenseColumns(ends, itemEnds, items.Count);
        var (next, between) = (0, "");
        for (var c = 0; c < dense; c++)
        {
            for (var slot = ends[c]; slot < ends[c + 1]; slot++)
            {
                writer.Write(between);
                writer.Write(next < items.Count && items[next].Index == slot ? items[next++].Text : filler(c));
                between = separator.ToString();
            }
        }
        if (dense < columns.Length)
        {
            writer.Write($"{between}{ends[^1] - ends[dense]}");
            if (next == items.Count)
                writer.Write($"{separator}0:{filler(dense)}");
            for (; next < items.Count; next++)
                writer.Write($"{separator}{items[next].Index - ends[dense]}:{items[next].Text}");
        }
        writer.WriteLine();
    }

    private static int ChooseDenseColumns(int[] ends, int[] itemEnds, int itemCount)
    {
        var best = Enumerable.Range(0, ends.Length).MinBy(c => ends[c] + SparseWeight * (itemCount - itemEnds[c]));

        // A short sparse part isn't worth it.
        var sparseLength = ends[^1] - ends[best];
        return sparseLength < 5 || sparseLength < ends[best] / 5 ? ends.Length - 1 : best;
    }

    private VBuffer<string> GetHeader(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
            return new VBuffer<string>(1, [Quote(column.Name, separator)]);
        var names = column.HasSlotNames() ? column.GetSlotNames() : default;
        var texts = names.DenseValues().Select(name => name.IsEmpty ? "" : Quote(name.Span, separator)).ToArray();
        return new VBuffer<string>(column.Type.GetValueCount(), texts.Length, texts, []);
    }

    private static (Func<VBuffer<string>> Read, string Default) MakeReader<T>(DataViewRow row, DataViewSchema.Column column, char separator)
    {
        var (getter, isKey) = (Getters.AsVector<T>(row, column), column.Type.GetItemType() is KeyDataViewType);
        VBuffer<T> value = default;
        return (Read, Format(default(T), isKey, separator));

        VBuffer<string> Read()
        {
            getter(ref value);
            var texts = Array.ConvertAll(value.GetValues().ToArray(), item => Format(item, isKey, separator));
            return new VBuffer<string>(value.Length, texts.Length, texts, value.GetIndices().ToArray());
        }
    }

    /// <summary>A value as text, without quotes.</summary>
    public static string Show<T>(T value, bool isKey) => value switch
    {
        _ when isKey => Convert.ToUInt64(value, CultureInfo.InvariantCulture) is > 0 and var key ? $"{key - 1}" : "",
        float x => float.IsNaN(x) ? "?" : x.ToString("R", CultureInfo.InvariantCulture),
        double x => double.IsNaN(x) ? "?" : x.ToString("G17", CultureInfo.InvariantCulture),
        bool x => x ? "1" : "0",
        DateTime x => x.ToString("o", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Format<T>(T value, bool isKey, char separator) => value is ReadOnlyMemory<char> text ? Quote(text.Span, separator)
        : value is DateTime ? $"\"{Show(value, isKey)}\"" : Show(value, isKey);

    private static string Quote(ReadOnlySpan<char> text, char separator)
        => text.IsEmpty ? "\"\""
            : text[0] != ' ' && text.IndexOfAny("\":\n") < 0 && !text.Contains(separator) ? text.ToString()
            : $"\"{text.ToString().Replace("\"", "\"\"")}\"";
}

/// <summary>The comment at the top of a saved text file: the options that read it back.</summary>
internal static class TextSaverSchema
{
    // ML.NET's short names of the kinds of data, in their order.
    private static readonly string[] _kinds = ["I1", "U1", "I2", "U2", "I4", "U4", "I8", "U8", "R4", "R8", "TX", "BL", "TS", "DT", "DZ"];

    public static IEnumerable<string> Describe(IEnumerable<DataViewSchema.Column> columns, char separator, bool header)
    {
        yield return "#@ TextLoader{";
        if (header)
            yield return "#@   header+";
        yield return "#@   sep=" + separator switch { ' ' => "space", '\t' => "tab", ',' => "comma", ';' => "semicolon", _ => "bar" };
        var start = 0;
        foreach (var column in columns)
        {
            yield return "#@   col=" + Describe(column, start);
            start += column.Type.GetValueCount();
        }
        yield return "#@ }";
    }

    private static string Describe(DataViewSchema.Column column, int start)
    {
        var item = column.Type.GetItemType();
        var kind = _kinds[(int)DataKinds.Of(item.RawType).GetValueOrDefault() - 1];
        var source = column.Type is not VectorDataViewType vector ? $"{start}"
            : vector.IsKnownSize ? $"{start}-{start + vector.Size - 1}" : $"{start}-**";
        var key = item is KeyDataViewType { Count: var count } ? $"{count}" : null;
        if (column.Name.IndexOfAny([' ', '=', '{', '}', '"', ':', '\t', '\n', '\r']) < 0)
            return $"{column.Name}:{kind}{(key == null ? "" : $"[{key}]")}:{source}";
        return $"{{name={{{column.Name}}}{(kind == "R4" ? "" : $" type={kind}")} src={source}{(key == null ? "" : $" key={key}")}}}";
    }
}
