using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>The three columns that a binary classifier adds in ML.NET, with the annotations by which evaluators and calibrators know them.</summary>
internal static class OutputColumns
{
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";
    public const string Probability = "Probability";

    private const string ScoreColumnSetId = "ScoreColumnSetId";
    private const string ScoreColumnKind = "ScoreColumnKind";
    private const string ScoreValueKind = "ScoreValueKind";
    private const string IsNormalized = "IsNormalized";

    // ML.NET's own type of score set ids; an annotation of another type is not recognised.
    private static readonly KeyDataViewType _setIdType = new(typeof(uint), int.MaxValue);

    /// <summary>The input's columns and these three, in ML.NET's order; columns of the same names are hidden, as in ML.NET.</summary>
    public static DataViewSchema AddTo(DataViewSchema input)
    {
        uint setId = HighestSetId(input) + 1;
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        schema.AddColumn(PredictedLabel, BooleanDataViewType.Instance, Annotations(setId, PredictedLabel));
        schema.AddColumn(Score, NumberDataViewType.Single, Annotations(setId, Score));
        schema.AddColumn(Probability, NumberDataViewType.Single, Annotations(setId, Probability));
        return schema.ToSchema();
    }

    private static DataViewSchema.Annotations Annotations(uint setId, string valueKind)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(ScoreColumnSetId, _setIdType, (ref uint value) => value = setId);
        annotations.Add(ScoreColumnKind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = "BinaryClassification".AsMemory());
        annotations.Add(ScoreValueKind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = valueKind.AsMemory());
        if (valueKind == Probability)
            annotations.Add(IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true);
        return annotations.ToAnnotations();
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
