using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>Rows that are too many to hold at once: they pass by in blocks, in the order of the data, as often as training asks.</summary>
internal interface IRowStream
{
    /// <summary>D, the length of a row.</summary>
    int FeatureCount { get; }

    /// <summary>How many rows pass in one go.</summary>
    long RowCount { get; }

    /// <summary>The share of rows (by weight) whose label is true.</summary>
    double PositiveShare { get; }

    /// <summary>The scaling of all rows to standard deviation 1, and to mean 0 where they are dense.</summary>
    FeatureScaling Standardization();

    /// <summary>
    /// The blocks of one go, while the next is read ahead. A block may be changed, but is the caller's only until the next one is asked for.
    /// </summary>
    IEnumerable<TrainingRows> Blocks(CancellationToken cancellation);
}
