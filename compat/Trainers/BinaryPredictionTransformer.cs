namespace Microsoft.ML.Data;

/// <summary>Scores rows by a model of binary classification: adds the predicted label, the score and the probability.</summary>
public sealed class BinaryPredictionTransformer<TModel> : RowToRowTransformerBase, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly LinearBinaryModelParameters _linear;
    internal BinaryPredictionTransformer(IHostEnvironment env, TModel model, LinearBinaryModelParameters linear,
        string featureColumnName, DataViewType featureColumnType) : base(env)
        => (Model, _linear, FeatureColumnName, FeatureColumnType) = (model, linear, featureColumnName, featureColumnType);
    /// <inheritdoc/>
    public TModel Model { get; }
    /// <inheritdoc/>
    public string FeatureColumnName { get; }
    /// <inheritdoc/>
    public DataViewType FeatureColumnType { get; }

    private protected override RowMapper MakeMapper(DataViewSchema inputSchema)
    {
        var features = inputSchema.GetColumnOrNull(FeatureColumnName)
            ?? throw Contracts.MissingColumn("inputSchema", "feature", FeatureColumnName);
        if (!features.Type.Equals(FeatureColumnType))
            throw Contracts.SchemaMismatch("inputSchema", "feature", FeatureColumnName, FeatureColumnType.ToString(),
                features.Type.ToString());
        return new RowMapper(inputSchema, BinaryScores.Columns(inputSchema), _ => [features.Index],
            (input, _) => BinaryScores.MakeGetters(input, input.Schema[features.Index], _linear));
    }

    private protected override void Save(ModelSaveContext ctx)
        => ctx.Save(LinearBinaryModelParameters.Kind, FeatureColumnName, FeatureColumnType, _linear.Weights.ToArray(), _linear.Bias);
}

/// <summary>The columns of scores; a row is scored once, whichever of them are read.</summary>
internal static class BinaryScores
{
    private static readonly string[] _names = ["PredictedLabel", "Score", "Probability"];

    public static DataViewSchema.Column[] Columns(DataViewSchema inputSchema)
    {
        // Every scorer of a pipeline has a number of its own.
        uint set = 1 + inputSchema.Where(column
            => column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId)?.Type is KeyDataViewType)
            .Select(column => column.GetAnnotation<uint>(AnnotationKinds.ScoreColumnSetId)).DefaultIfEmpty().Max();
        return [.. _names.Select(name => new DataViewSchema.Column(
            name, name == "PredictedLabel" ? BooleanDataViewType.Instance : NumberDataViewType.Single, Annotations(name, set)))];
    }

    public static Delegate[] MakeGetters(DataViewRow input, DataViewSchema.Column features, LinearBinaryModelParameters linear)
    {
        var getFeatures = input.GetGetter<VBuffer<float>>(features);
        VBuffer<float> buffer = default;
        float score = 0;
        var refresh = RowMapper.OncePerRow(input, () =>
        {
            getFeatures(ref buffer);
            score = linear.Score(in buffer);
        });
        return [MakeGetter(() => score > 0), MakeGetter(() => score), MakeGetter(() => PlattCalibrator.Probability(score))];
        ValueGetter<T> MakeGetter<T>(Func<T> output) => (ref value) =>
        {
            refresh();
            value = output();
        };
    }

    private static DataViewSchema.Annotations Annotations(string name, uint set)
    {
        // The order is ML.NET's, which makes the label elsewhere than the score.
        var builder = new DataViewSchema.Annotations.Builder();
        void AddSet() => builder.Add(AnnotationKinds.ScoreColumnSetId, new KeyDataViewType(typeof(uint), int.MaxValue),
            (ref uint value) => value = set);
        void AddText(string kind, string text)
            => builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
        AddText(AnnotationKinds.ScoreColumnKind, "BinaryClassification");
        if (name != "PredictedLabel")
            AddSet();
        if (name == "Probability")
            builder.AddIsNormalized();
        AddText(AnnotationKinds.ScoreValueKind, name);
        if (name == "PredictedLabel")
            AddSet();
        return builder.ToAnnotations();
    }
}
