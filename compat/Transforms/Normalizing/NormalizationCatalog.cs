using static Microsoft.ML.Transforms.NormalizerOptions;

namespace Microsoft.ML;

/// <summary>Normalizers of columns.</summary>
public static class NormalizationCatalog
{
    private const long AllExamples = 1000000000;
    /// <summary>Scales values by their range: to [0, 1], or with <paramref name="fixZero"/> to within [-1, 1].</summary>
    public static IEstimator<NormalizingTransformer> NormalizeMinMax(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = AllExamples,
        bool fixZero = true)
        => new NormalizerOptions(outputColumnName, inputColumnName, maximumExampleCount, fixZero, Method.MinMax).MakeEstimator(catalog);
    /// <summary>Scales values by their mean and standard deviation, or to their cumulative probability.</summary>
    public static IEstimator<NormalizingTransformer> NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, long maximumExampleCount = AllExamples, bool fixZero = true, bool useCdf = false)
        => new NormalizerOptions(outputColumnName, inputColumnName, maximumExampleCount, fixZero, Method.MeanVariance)
            { UseCdf = useCdf }.MakeEstimator(catalog);
    /// <summary>Scales values by the mean and standard deviation of their logarithms.</summary>
    public static IEstimator<NormalizingTransformer> NormalizeLogMeanVariance(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = AllExamples,
        bool useCdf = true) => catalog.NormalizeLogMeanVariance(outputColumnName, false, inputColumnName, maximumExampleCount, useCdf);
    /// <summary>Scales values by the mean and standard deviation of their logarithms.</summary>
    public static IEstimator<NormalizingTransformer> NormalizeLogMeanVariance(this TransformsCatalog catalog, string outputColumnName,
        bool fixZero, string inputColumnName = null, long maximumExampleCount = AllExamples, bool useCdf = true)
        => new NormalizerOptions(outputColumnName, inputColumnName, maximumExampleCount, fixZero, Method.LogMeanVariance)
            { UseCdf = useCdf }.MakeEstimator(catalog);
    /// <summary>Gives the number of a value's bin over the number of bins less one; the bins hold about as many values each.</summary>
    public static IEstimator<NormalizingTransformer> NormalizeBinning(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, long maximumExampleCount = AllExamples, bool fixZero = true, int maximumBinCount = 1024)
        => new NormalizerOptions(outputColumnName, inputColumnName, maximumExampleCount, fixZero, Method.Binning)
            { MaximumBinCount = maximumBinCount }.MakeEstimator(catalog);
    /// <summary>Gives the number of a value's bin over the number of bins less one; the bins tell most about the label.</summary>
    public static IEstimator<NormalizingTransformer> NormalizeSupervisedBinning(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, string labelColumnName = "Label", long maximumExampleCount = AllExamples, bool fixZero = true,
        int maximumBinCount = 1024, int mininimumExamplesPerBin = 10)
        => new NormalizerOptions(outputColumnName, inputColumnName, maximumExampleCount, fixZero, Method.SupervisedBinning)
            { Label = labelColumnName, MaximumBinCount = maximumBinCount, MinimumBinSize = mininimumExamplesPerBin }.MakeEstimator(catalog);
    /// <summary>Scales values by a share of their range, after subtracting the median.</summary>
    public static IEstimator<NormalizingTransformer> NormalizeRobustScaling(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, long maximumExampleCount = AllExamples, bool centerData = true, uint quantileMin = 25,
        uint quantileMax = 75) => new NormalizerOptions(outputColumnName, inputColumnName, maximumExampleCount, false, Method.RobustScaling)
            { CenterData = centerData, Share = (quantileMax - quantileMin) / 100f }.MakeEstimator(catalog);
    /// <summary>Scales each row's vector so that the sum of its squares is 1.</summary>
    public static IEstimator<ITransformer> NormalizeLpNorm(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, bool ensureZeroMean = false)
        => TrivialEstimator.Create(catalog.Environment, new UnitLengthOperation(ensureZeroMean, 1), outputColumnName, inputColumnName);

    /// <summary>Scales each row's vector so that the sum of its squares is the scale's square, after subtracting its mean.</summary>
    public static IEstimator<ITransformer> NormalizeGlobalContrast(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, bool ensureZeroMean = true, float scale = 1)
    {
        Contracts.CheckParam(scale > 0 && scale < float.PositiveInfinity, nameof(scale), "scale must be a positive finite value");
        return TrivialEstimator.Create(catalog.Environment, new UnitLengthOperation(ensureZeroMean, scale),
            outputColumnName, inputColumnName);
    }
}

/// <summary>Scales each row's vector to a length, after subtracting its mean if so wished.</summary>
internal sealed record UnitLengthOperation(bool ZeroMean, float Length) : ColumnOperation
{
    private const string Expected = "Expected known-size vector of Single";
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
        => input.Kind == VectorKind.Vector && input.ItemType.Equals(NumberDataViewType.Single)
            ? Shape(output, input, input.ItemType, [.. input.Kept(AnnotationKinds.SlotNames), TransformHelpers.IsNormalizedShape])
            : throw TransformHelpers.WrongInput(input.Name, Expected, input.GetTypeString());
    public override ColumnMap Map(DataViewSchema.Column input)
        => input.Type.IsKnownSizeVector() && input.Type.GetItemType() == NumberDataViewType.Single ? new ColumnMap(input.Type,
                new DataViewSchema.Annotations.Builder().Keep(input, AnnotationKinds.SlotNames).AddIsNormalized().ToAnnotations(),
                (row, column) => MakeGetter(row.GetGetter<VBuffer<float>>(column)))
            : throw TransformHelpers.WrongInput(input.Name, Expected, input.Type);

    private ValueGetter<VBuffer<float>> MakeGetter(ValueGetter<VBuffer<float>> getter)
    {
        VBuffer<float> source = default;
        return (ref VBuffer<float> destination) =>
        {
            getter(ref source);
            float mean = 0, squares = 0;
            foreach (float value in source.GetValues())
                mean += value;
            mean = ZeroMean && mean != 0 ? mean / source.Length : 0;
            foreach (float value in source.GetValues())
                squares += (value - mean) * (value - mean);
            float scale = squares > 0 ? Length / MathF.Sqrt(squares) : Length;
            // A vector so long that its scale is next to nothing is left as it is.
            if (scale < 1e-8f)
                scale = 1;
            source.CopyTo(ref destination);
            if (mean != 0)
                source.CopyToDense(ref destination);
            foreach (ref float value in VBufferEditor.CreateFromBuffer(ref destination).Values)
                value = mean == 0 ? scale * value : scale == 1 ? value - mean : scale * (value - mean);
        };
    }
}
