using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>Takes the rows that exceed the memory budget: writes them to a temporary file and keeps what is decided from all of them.</summary>
internal sealed class RowSpill : IDisposable
{
    // What a sample may take of the budget: it is held twice, as it was read and prepared. And what a block may: two are held at a time.
    private const int SampleInBudget = 8, BlocksInBudget = 16;
    private const long LargestBlock = 16L << 20;

    private readonly RowTotals _totals;
    private readonly SpilledRows _spilled;
    private readonly RowsBuilder _piece;
    private readonly int _pieceRows;
    private TrainingRows? _spent;

    /// <param name="first">The first rows, of which kind and size the others are too.</param>
    /// <param name="seed">Where random numbers start.</param>
    /// <param name="memoryBudget">How many bytes the rows may take.</param>
    /// <exception cref="IOException">There can be no file; the message says why and what to do.</exception>
    public RowSpill(TrainingRows first, int seed, long memoryBudget)
    {
        (bool isSparse, bool hasWeights) = (first is SparseRows, first.Weights is not null);
        _totals = new RowTotals(first.FeatureCount, hasWeights, isSparse, seed, memoryBudget / SampleInBudget);
        _piece = new RowsBuilder(first.FeatureCount, hasWeights, isSparse);
        // Pieces have as many rows as one another, so that blocks do and their arrays can be used again.
        double bytesOfRow = sizeof(float) * (2 + (hasWeights ? 1 : 0) + (first is SparseRows sparse ? 2 * sparse.MeanNonZeros : first.FeatureCount));
        _pieceRows = (int)Math.Max(1, Math.Min(LargestBlock, memoryBudget / BlocksInBudget) / SpilledRows.PiecesOfBlock / bytesOfRow);
        _spilled = new SpilledRows(first.FeatureCount, hasWeights, seed);
    }

    /// <summary>Adds rows.</summary>
    /// <exception cref="IOException">The file cannot be written; the message says why and what to do.</exception>
    public void Add(TrainingRows rows)
    {
        _totals.Add(rows);
        for (int i = 0; i < rows.Count; i++)
        {
            _piece.Add(rows, i);
            WriteIfFull();
        }
    }

    /// <summary>Adds a row.</summary>
    /// <inheritdoc cref="Add(TrainingRows)"/>
    public void Add(in VBuffer<float> features, bool label, float weight)
    {
        _totals.Add(in features, label, weight);
        _piece.Add(in features, label, weight);
        WriteIfFull();
    }

    /// <summary>All rows, which are then the caller's to dispose.</summary>
    public StreamedData ToData()
    {
        if (_piece.Count > 0)
            _spilled.Add(_piece.ToRows());
        return new StreamedData(_spilled, _totals.Moments, _totals.Sample.ToRows(), _totals.Sample.Numbers, _totals.Sample.Bound, _totals.Weight);
    }

    public void Dispose() => _spilled.Dispose();

    private void WriteIfFull()
    {
        if (_piece.Count < _pieceRows)
            return;
        _spent = _piece.ToRows(_spent);
        _spilled.Add(_spent);
        _piece.Clear();
    }
}
