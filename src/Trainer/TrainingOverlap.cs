using Microsoft.ML;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>How many of some rows a network was trained on: what <see cref="ShallowNetworkTransformer.OverlapWithTraining"/> finds.</summary>
public sealed class TrainingOverlap
{
    private TrainingOverlap(long rows, long compared, long found) => (Rows, Compared, Found) = (rows, compared, found);

    /// <summary>The rows, without those that have a feature that is missing or infinite.</summary>
    public long Rows { get; }

    /// <summary>How many of them could be compared: all, or, where the network was trained on more than 4,096 rows, a sample of them by their hashes.</summary>
    public long Compared { get; }

    /// <summary>How many of those are equal, in all features and the label, to a row that was trained on.</summary>
    public long Found { get; }

    /// <summary>The share of found among compared rows; NaN where none could be compared.</summary>
    public double Share => Found / (double)Compared;

    internal static TrainingOverlap Of(RowSketch trainedOn, IDataView data, DataViewSchema.Column label, DataViewSchema.Column features)
    {
        using var rows = new UsableRows(new TrainingColumns(data, label, features, null), CancellationToken.None);
        long count = 0, compared = 0, found = 0;
        for (; rows.MoveNext(); count++)
        {
            bool? isFound = trainedOn.Holds(rows.Hash);
            compared += isFound is null ? 0 : 1;
            found += isFound == true ? 1 : 0;
        }
        return new TrainingOverlap(count, compared, found);
    }
}
