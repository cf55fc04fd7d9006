namespace Microsoft.ML.Data;

/// <summary>The file's columns from Min up to, but without, Lim; to the line's end where that is the largest integer.</summary>
internal readonly record struct TextSegment(int Min, int Lim, bool ForceVector)
{
    public const int NoLim = int.MaxValue;
    public bool IsVariable => Lim == NoLim;
}

/// <summary>A column of a loader, bound to columns of the file.</summary>
internal sealed class TextColumn
{
    public TextColumn(string name, PrimitiveDataViewType itemType, TextSegment[] segments)
    {
        var ordered = segments.OrderBy(segment => segment.Min).ToArray();
        for (var i = 1; i < ordered.Length; i++)
            Contracts.CheckParam(ordered[i - 1].Lim <= ordered[i].Min, "Source", $"Intervals specified for column '{name}' overlap");
        (Name, ItemType, Segments) = (name, itemType, segments);
        VariableSegment = Array.FindIndex(segments, segment => segment.IsVariable);
        FixedSize = segments.Where(segment => !segment.IsVariable).Sum(segment => segment.Lim - segment.Min);
        Type = VariableSegment >= 0 ? new VectorDataViewType(itemType)
            : FixedSize > 1 || segments[0].ForceVector ? new VectorDataViewType(itemType, FixedSize) : itemType;
    }

    public string Name { get; }
    public PrimitiveDataViewType ItemType { get; }
    public bool IsReal => ItemType.RawType == typeof(float) || ItemType.RawType == typeof(double);
    public bool HasMissing => IsReal || ItemType is KeyDataViewType;
    public DataViewType Type { get; }
    public TextSegment[] Segments { get; }
    public int VariableSegment { get; }
    public int FixedSize { get; }

    public static TextColumn[] Bind(TextLoader.Column[] columns) => Array.ConvertAll(columns, column =>
    {
        Contracts.CheckParam(!string.IsNullOrWhiteSpace(column.Name), nameof(column.Name), "A column has no name.");
        Contracts.CheckParam(column.Source?.Length > 0, nameof(column.Source), "Must specify some source column indices");
        var type = column.KeyCount == null ? column.DataKind.ToType()
            : new KeyDataViewType(column.DataKind.ToType().RawType, column.KeyCount.Count.GetValueOrDefault());
        return new TextColumn(column.Name.Trim(), type, Array.ConvertAll(column.Source, Bind));
    });

    private static TextSegment Bind(TextLoader.Range range)
    {
        var max = range.Max ?? range.Min;
        Contracts.CheckParam(range.Min is >= 0 and < TextSegment.NoLim - 1, nameof(range.Min));
        Contracts.CheckParam(range.Min <= max && max < TextSegment.NoLim - 1, nameof(range.Max));
        var isVariable = range.VariableEnd && range.Max == null;
        return new TextSegment(range.Min, isVariable ? TextSegment.NoLim : max + 1, isVariable || range.ForceVector);
    }
}
