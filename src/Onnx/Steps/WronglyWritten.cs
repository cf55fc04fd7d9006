using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Steps that ML.NET's own conversion writes without a word, but not so that the file gives what they do for every row.</summary>
internal static class WronglyWritten
{
    public static bool Holds(PipelineStep step) => step.Transformer switch
    {
        // An empty text, one with blanks at its ends and NaN have another hash in the file.
        HashingTransformer or OneHotHashEncodingTransformer => step.Reads.Any(name => IsText(step.Input[name]) || IsReal(step.Input[name])),
        // True is the text "1" in the file, and fractions have other digits; and a text that is no number, as an empty one, ends the run.
        TypeConvertingTransformer => step.Reads.Any(name => IsText(step.Input[name]))
            || (step.Makes.Any(name => IsText(step.Output[name])) && !step.Reads.All(name => IsWhole(step.Input[name]))),
        // Their sums are rounded in another way, which shows wherever a row's numbers are nearly the same, and are beyond single precision for large ones.
        LpNormNormalizingTransformer => true,
        _ => false,
    };

    private static bool IsText(DataViewSchema.Column column) => Item(column) is TextDataViewType;

    private static bool IsReal(DataViewSchema.Column column) => Item(column).RawType is var type && (type == typeof(float) || type == typeof(double));

    private static bool IsWhole(DataViewSchema.Column column) => Item(column) is NumberDataViewType && !IsReal(column);

    private static DataViewType Item(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
}
