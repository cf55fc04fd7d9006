using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Persistence;

namespace MlNetShallowNet.DataViews;

/// <summary>The three columns that a binary classifier adds in ML.NET, with the annotations by which evaluators and calibrators know them.</summary>
internal static class OutputColumns
{
    private const string ScoreColumnSetId = "ScoreColumnSetId";
    private const string ScoreColumnKind = "ScoreColumnKind";
    private const string ScoreValueKind = "ScoreValueKind";
    private const string IsNormalized = "IsNormalized";

    // ML.NET's own type of score set ids; an annotation of another type is not recognised.
    private static readonly KeyDataViewType _setIdType = new(typeof(uint), int.MaxValue);

    /// <summary>The columns that are added to data of this schema, with the next free score set id.</summary>
    public static SchemaDefinition For(DataViewSchema input)
    {
        uint setId = HighestSetId(input) + 1;
        SchemaDefinition outputs = SchemaDefinition.Create(typeof(ScoreOutput), SchemaDefinition.Direction.Write);
        foreach (SchemaDefinition.Column column in outputs)
        {
            column.AddAnnotation(ScoreColumnSetId, setId, _setIdType);
            column.AddAnnotation(ScoreColumnKind, "BinaryClassification".AsMemory(), TextDataViewType.Instance);
            column.AddAnnotation(ScoreValueKind, column.MemberName.AsMemory(), TextDataViewType.Instance);
        }

        outputs[nameof(ScoreOutput.Probability)].AddAnnotation(IsNormalized, true, BooleanDataViewType.Instance);
        return outputs;
    }

    private static uint HighestSetId(DataViewSchema schema)
    {
        uint highest = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            DataViewSchema.Column? annotation = column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId);
            if (annotation is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(ScoreColumnSetId, ref id);
            highest = Math.Max(highest, id);
        }

        return highest;
    }
}
