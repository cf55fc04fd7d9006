using MlNetShallowNet.Engine;

namespace MlNetShallowNet.DataViews;

/// <summary>What reading a data view gave: its rows in memory, or, where they are more than the budget holds, a stream of them.</summary>
/// <param name="Rows">The rows that can be trained on; null when they are streamed.</param>
/// <param name="Stream">The same rows as a stream; null when they are in memory.</param>
/// <param name="BadFeatures">Rows left out because a feature was NaN or infinite.</param>
/// <param name="BadWeights">Rows left out because their weight was not a positive finite number.</param>
internal sealed record RowsRead(TrainingRows? Rows, RowStream? Stream, long BadFeatures, long BadWeights)
{
    /// <summary>How many rows can be trained on.</summary>
    public long Count => Rows?.Count ?? Stream!.RowCount;
}
