using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>What reading a data view gave.</summary>
/// <param name="Data">The rows that can be trained on: in memory, or, where they are more than the budget holds, a stream of them.</param>
/// <param name="Sketch">Which rows those are.</param>
/// <param name="BadFeatures">Rows left out because a feature was NaN or infinite.</param>
/// <param name="BadWeights">Rows left out because their weight was not a positive finite number.</param>
internal sealed record RowsRead(TrainingData Data, RowSketch Sketch, long BadFeatures, long BadWeights);
