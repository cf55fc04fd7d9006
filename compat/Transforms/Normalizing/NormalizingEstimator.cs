namespace Microsoft.ML.Transforms;

/// <summary>One column to normalize, and what to collect for it.</summary>
internal sealed record NormalizerOptions(string Output, string Input, long MaximumExampleCount, bool FixZero, NormalizerOptions.Method By)
{
    public enum Method { MinMax, MeanVariance, LogMeanVariance, Binning, SupervisedBinning, RobustScaling }
    public bool UseCdf { get; init; }
    public int MaximumBinCount { get; init; } = 2;
    public string Label { get; init; }
    public int MinimumBinSize { get; init; } = 1;
    public bool CenterData { get; init; }
    public float Share { get; init; }

    public IEstimator<NormalizingTransformer> MakeEstimator(TransformsCatalog catalog)
    {
        Contracts.CheckNonEmpty(Output, "name");
        Contracts.CheckParam(MaximumExampleCount > 1, "maximumExampleCount", "Must be greater than 1");
        var host = catalog.Environment.Register(nameof(NormalizingTransformer));
        string input = Input ?? Output;
        return new FunctionEstimator<NormalizingTransformer>(data =>
        {
            var source = data.Schema.Require(input, nameof(data));
            using var cursor = data.GetRowCursor(Label == null ? [source] : [source, data.Schema[Label]]);
            var collector = MakeCollector(cursor, source);
            for (long row = 0; row < MaximumExampleCount && cursor.MoveNext(); row++)
                collector.Add();
            return new NormalizingTransformer(host, [(Output, input)], [collector.Finish()]);
        }, shape => shape.With(new NormalizeOperation(null, default, null, null, false).Shape(shape.Require(input), Output)));
    }

    private Collector MakeCollector(DataViewRow input, DataViewSchema.Column column)
    {
        Contracts.CheckParam(MaximumBinCount > 1, nameof(MaximumBinCount), "Must be greater than 1");
        Contracts.CheckParam(MinimumBinSize > 0, "MininimumBinSize", "Must be positive");
        if (column.Type is VectorDataViewType { IsKnownSize: false } || !MissingValues.IsReal(column.Type.GetItemType()))
            throw Contracts.ParamError(By is Method.MinMax or Method.MeanVariance or Method.RobustScaling ? "srcType" : "column",
                $"Singles or Doubles, or vectors of one size of them, can be normalized, but '{column.Name}' is {column.Type}");
        return Generic.Invoke<Collector>(MakeCollector<float>, column.Type.GetItemType().RawType, input, column);
    }

    private Collector MakeCollector<T>(DataViewRow input, DataViewSchema.Column column) where T : struct, IFloatingPointIeee754<T>
        => By switch
        {
            Method.MinMax => new MinMaxCollector<T>(this, input, column),
            Method.Binning => new BinCollector<T>(this, input, column),
            Method.SupervisedBinning => new SupervisedBinCollector<T>(this, input, column),
            Method.RobustScaling => new RobustCollector<T>(this, input, column),
            _ => new MeanVarianceCollector<T>(this, input, column),
        };
}

/// <summary>The kinds of functions that normalizers fit.</summary>
internal enum NormalizerKind : byte
{
    Affine, // Numbers: scales and offsets.
    Cdf, // Numbers: means and deviations; flag: whether of logarithms.
    Bin, // Numbers: the upper bounds of each slot's bins; flag: whether zero stays zero.
}

/// <summary>Normalizes a column by a fitted function.</summary>
internal sealed record NormalizeOperation(DataViewType Type, NormalizerKind Kind, Array First, Array Second, bool Flag) : ColumnOperation
{
    public NormalizingTransformer.NormalizerModelParametersBase Parameters => Type.GetItemType() == NumberDataViewType.Double
        ? Function<double>().Parameters : Function<float>().Parameters;

    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
    {
        if (input.Kind == VectorKind.VariableVector)
            throw TransformHelpers.WrongInput(input.Name, "known-size vector or scalar", input.GetTypeString());
        if (input.IsKey || !MissingValues.IsReal(input.ItemType))
            throw TransformHelpers.WrongInput(input.Name, "vector or scalar of Single or Double", input.GetTypeString());
        return Shape(output, input, input.ItemType, [TransformHelpers.IsNormalizedShape, .. input.Kept(AnnotationKinds.SlotNames)]);
    }

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        bool isVariable = input.Type is VectorDataViewType { IsKnownSize: false };
        if (isVariable || !MissingValues.IsReal(input.Type.GetItemType()))
            throw TransformHelpers.WrongInput(input.Name, "scalar or known-size vector of Single",
                isVariable ? "variable-size vector" : input.Type);
        var annotations = new DataViewSchema.Annotations.Builder().AddIsNormalized().Keep(input, AnnotationKinds.SlotNames).ToAnnotations();
        return new ColumnMap(Type, annotations, (row, column) => Type.GetItemType() == NumberDataViewType.Double
            ? Function<double>().MakeGetter(row, column) : Function<float>().MakeGetter(row, column));
    }

    private ColumnFunction<T> Function<T>() where T : struct, IFloatingPointIeee754<T> => Kind switch
    {
        NormalizerKind.Affine => ColumnFunctions<T>.Affine(Type is VectorDataViewType, (T[])First, (T[])Second),
        NormalizerKind.Cdf => ColumnFunctions<T>.Cdf(Type is VectorDataViewType, (T[])First, (T[])Second, Flag),
        _ => ColumnFunctions<T>.Bin(Type is VectorDataViewType, (T[][])First, Flag),
    };
}
