namespace Microsoft.ML.Trainers;

/// <summary>What a trainer of binary classification reads and makes.</summary>
internal static class BinaryTrainerShape
{
    private const VectorKind Scalar = VectorKind.Scalar;

    public static SchemaShape Output(SchemaShape input, LbfgsLogisticRegressionBinaryTrainer.Options options)
    {
        Check(Contracts.CheckValue(input, "inputSchema"), options);
        return input.With(Made("Score", NumberDataViewType.Single), Made("Probability", NumberDataViewType.Single),
            Made("PredictedLabel", BooleanDataViewType.Instance));
    }

    public static void Check(SchemaShape input, LbfgsLogisticRegressionBinaryTrainer.Options options)
    {
        const string Parameter = "inputSchema";
        Check(input, "feature", Parameter, new(options.FeatureColumnName, VectorKind.Vector, NumberDataViewType.Single, false));
        if (options.ExampleWeightColumnName != null)
            Check(input, "weight", Parameter, new(options.ExampleWeightColumnName, Scalar, NumberDataViewType.Single, false));
        Check(input, "label", "labelCol", new(options.LabelColumnName, Scalar, BooleanDataViewType.Instance, false));
    }

    private static void Check(SchemaShape input, string role, string parameter, SchemaShape.Column wanted)
    {
        if (!input.TryFindColumn(wanted.Name, out var column))
            throw Contracts.MissingColumn("inputSchema", role, wanted.Name);
        if (!wanted.IsCompatibleWith(column))
            throw Contracts.SchemaMismatch(parameter, role, wanted.Name, wanted.GetTypeString(), column.GetTypeString());
    }

    private static SchemaShape.Column Made(string name, PrimitiveDataViewType type)
    {
        SchemaShape.Column[] annotations = [new(AnnotationKinds.ScoreColumnSetId, Scalar, NumberDataViewType.UInt32, true),
            new(AnnotationKinds.ScoreColumnKind, Scalar, TextDataViewType.Instance, false),
            new(AnnotationKinds.ScoreValueKind, Scalar, TextDataViewType.Instance, false),
            .. Enumerable.Repeat(TransformHelpers.IsNormalizedShape, name == "Probability" ? 1 : 0)];
        return new SchemaShape.Column(name, Scalar, type, false, new SchemaShape(annotations));
    }
}
