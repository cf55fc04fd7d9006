namespace Microsoft.ML.Trainers;

/// <summary>What a trainer of binary classification reads and makes.</summary>
internal static class BinaryTrainerShape
{
    private const VectorKind Scalar = VectorKind.Scalar;

    public static SchemaShape Output(SchemaShape input, string label, string features, string weight)
    {
        Check(Contracts.CheckValue(input, "inputSchema"), label, features, weight);
        return input.With(Made("Score", NumberDataViewType.Single), Made("Probability", NumberDataViewType.Single),
            Made("PredictedLabel", BooleanDataViewType.Instance));
    }

    public static void Check(SchemaShape input, string label, string features, string weight)
    {
        const string Parameter = "inputSchema";
        Check(input, "feature", Parameter, new SchemaShape.Column(features, VectorKind.Vector, NumberDataViewType.Single, false));
        if (weight != null)
            Check(input, "weight", Parameter, new SchemaShape.Column(weight, Scalar, NumberDataViewType.Single, false));
        Check(input, "label", "labelCol", new SchemaShape.Column(label, Scalar, BooleanDataViewType.Instance, false));
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
