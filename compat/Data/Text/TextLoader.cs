namespace Microsoft.ML.Data;

/// <summary>Reads text files as views. Views are lazy: the file is read while a cursor moves, and again for every cursor.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private const string Kind = "TextLoader";
    private static readonly JsonSerializerOptions _json = new() { IncludeFields = true };
    private readonly DataViewSchema _schema;

    internal TextLoader(IHostEnvironment env, Options options, IMultiStreamSource dataSample)
    {
        options ??= new Options();
        dataSample ??= new MultiFileSource();
        Host = env.Register(nameof(TextLoader));
        Format = options.Check();
        var columns = options.Columns is { Length: > 0 } given ? given
            : [new Column("Label", DataKind.Single, 0), new Column("Features", DataKind.Single, [new Range(1, null)])];
        Format.Columns = Array.ConvertAll(columns, column => new Column(column.Name, column.DataKind,
            Array.ConvertAll(column.Source ?? [], range => range is { AutoEnd: true, Max: null } ? End(range, dataSample) : range),
            column.KeyCount));
        Columns = TextColumn.Bind(Format.Columns);
        Header = Format.HasHeader ? LineSource.Read(dataSample, Format, skipHeader: false, 1).FirstOrDefault().Text : null;
        _schema = MakeSchema();
    }

    private TextLoader(IHostEnvironment env, Options options, string header)
    {
        Host = env.Register(nameof(TextLoader));
        (Format, Columns, Header) = (options, TextColumn.Bind(options.Columns), header);
        _schema = MakeSchema();
    }

    internal IHost Host { get; }
    internal Options Format { get; }
    internal TextColumn[] Columns { get; }
    private string Header { get; }
    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema() => _schema;
    /// <summary>The files as a view.</summary>
    public IDataView Load(IMultiStreamSource source) => new TextDataView(this, Contracts.CheckValue(source));
    void ICanSaveModel.Save(ModelSaveContext ctx) => ctx.Save(Kind, JsonSerializer.Serialize(Format, _json), Header);

    internal static TextLoader Create<TInput>(IHostEnvironment env, Options options, IMultiStreamSource dataSample)
    {
        options.Columns = TypedTextColumns.Of(typeof(TInput));
        return new TextLoader(env, options, dataSample);
    }

    internal ColumnValues MakeValues(int column) => ColumnValues.Create(Columns[column], Format);

    [ModelLoader(Kind)]
    private static TextLoader Load(IHostEnvironment env, string options, string header)
        => new(env, JsonSerializer.Deserialize<Options>(options, _json), header);

    private Range End(Range range, IMultiStreamSource dataSample)
    {
        var sizes = LineSource.Read(dataSample, Format, skipHeader: false, 100).Select(line => Scan(line, out _)).Distinct().ToArray();
        Contracts.CheckParam(
            sizes.Length > 0 && sizes.Max() > 0, "Source", "Can't determine the number of source columns without valid data");
        Contracts.CheckParam(sizes.Length == 1, "Source", "The size of input lines is not consistent");
        Contracts.CheckParam(range.Min < sizes[0], nameof(range.Min),
            $"Column #{range.Min} not found in the dataset (it only has {sizes[0]} columns)");
        return new Range(range.Min, sizes[0] - 1);
    }

    private int Scan(TextLine line, out Dictionary<int, string> fields)
    {
        using var statistics = new TextStatistics(Host, reported: 0);
        var scanner = new FieldScanner(Format, statistics, int.MaxValue - 1);
        var size = scanner.Scan(line);
        fields = scanner.Fields.ToArray().ToDictionary(field => field.Index, field => field.Text.Trim().ToString());
        return size;
    }

    private DataViewSchema MakeSchema()
    {
        Dictionary<int, string> names = [];
        if (!string.IsNullOrEmpty(Header))
            Scan(new TextLine(null, Header, 0), out names);
        var builder = new DataViewSchema.Builder();
        foreach (var column in Columns)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            var sources = column.VariableSegment >= 0 || column.Type is not VectorDataViewType ? []
                : column.Segments.SelectMany(segment => Enumerable.Range(segment.Min, segment.Lim - segment.Min)).ToArray();
            if (sources.Any(names.ContainsKey))
                annotations.AddSlotNames(Array.ConvertAll(sources, source => names.GetValueOrDefault(source).AsMemory()));
            builder.AddColumn(column.Name, column.Type, annotations.ToAnnotations());
        }
        return builder.ToSchema();
    }
}
