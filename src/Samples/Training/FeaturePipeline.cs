using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// ML.NET's transforms from a table's columns to one vector of features: missing numbers marked and replaced by the mean, words one-hot,
/// all concatenated in the file's order.
/// </summary>
internal static class FeaturePipeline
{
    public const string Features = "Features";

    public static IEstimator<ITransformer> Create(MLContext ml, TableProfile profile)
    {
        ColumnProfile[] used = [.. profile.UsedColumns];
        InputOutputColumnPair[] numbers = Pairs(used.Where(c => c.Kind == ColumnKind.Numeric));
        InputOutputColumnPair[] words = Pairs(used.Where(c => c.Kind == ColumnKind.Categorical));
        InputOutputColumnPair[] marks = Marks(profile, used);

        EstimatorChain<ITransformer> chain = new();
        if (marks.Length > 0)
        {
            chain = chain
                .Append<ITransformer>(ml.Transforms.IndicateMissingValues(marks))
                .Append<ITransformer>(ml.Transforms.Conversion.ConvertType(
                    [.. marks.Select(mark => new InputOutputColumnPair(mark.OutputColumnName))], DataKind.Single));
        }
        // All of them, not only those with missing values in training: the next table may have others.
        if (numbers.Length > 0)
        {
            chain = chain.Append<ITransformer>(ml.Transforms.ReplaceMissingValues(
                numbers, MissingValueReplacingEstimator.ReplacementMode.Mean));
        }
        if (words.Length > 0)
        {
            chain = chain.Append<ITransformer>(ml.Transforms.Categorical.OneHotEncoding(
                words, OneHotEncodingEstimator.OutputKind.Indicator, ColumnProfile.MostLevels));
        }
        return chain.Append<ITransformer>(ml.Transforms.Concatenate(
            Features, [.. used.Select(c => c.Name), .. marks.Select(mark => mark.OutputColumnName)]));
    }

    private static InputOutputColumnPair[] Pairs(IEnumerable<ColumnProfile> columns) =>
        [.. columns.Select(c => new InputOutputColumnPair(c.Name))];

    /// <summary>A new column for each column of numbers with missing values, under a name that no other column has.</summary>
    private static InputOutputColumnPair[] Marks(TableProfile profile, ColumnProfile[] used)
    {
        HashSet<string> names = [.. profile.Table.Names];
        List<InputOutputColumnPair> marks = [];
        foreach (ColumnProfile column in used.Where(c => c.Kind == ColumnKind.Numeric && c.Missing > 0))
        {
            string name = $"{column.Name} is missing";
            while (!names.Add(name))
                name += "?";
            marks.Add(new InputOutputColumnPair(name, column.Name));
        }
        return [.. marks];
    }
}
