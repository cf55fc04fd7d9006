using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>Writes rows to a temporary file and keeps what is decided from all of them.</summary>
internal sealed class RowSpill
{
    private readonly SpilledRows _spilled;
    private readonly RowsBuilder _piece;
    private readonly int _pieceRows;
    private TrainingRows? _spent;
    private long _next;

    /// <param name="first">Some of the rows: others are of the same kind, and about as large.</param>
    /// <param name="seed">Where random numbers start.</param>
    /// <param name="spilled">Where rows go.</param>
    /// <param name="number">The number of the first of them.</param>
    public RowSpill(TrainingRows first, int seed, SpilledRows spilled, long number = 0)
    {
        (bool isSparse, bool hasWeights) = (first is SparseRows, first.Weights is not null);
        (_spilled, _next) = (spilled, number);
        Totals = TotalsFor(first, seed, number);
        _piece = new RowsBuilder(first.FeatureCount, hasWeights, isSparse);
        // Pieces have as many rows as one another, so that blocks do and their arrays can be used again.
        _pieceRows = SpillSizes.Of(first).PieceRows;
    }

    /// <summary>Totals of rows as these, with nothing in them yet.</summary>
    public static RowTotals TotalsFor(TrainingRows rows, int seed, long number = 0) =>
        new(rows.FeatureCount, rows.Weights is not null, rows is SparseRows, seed, SpillSizes.Of(rows).SampleBytes, number);

    /// <summary>What is kept of the rows so far.</summary>
    public RowTotals Totals { get; }

    /// <summary>Adds rows.</summary>
    /// <exception cref="IOException">The file cannot be written; the message says why and what to do.</exception>
    public void Add(TrainingRows rows)
    {
        Totals.Add(rows);
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
        Totals.Add(in features, label, weight);
        _piece.Add(in features, label, weight);
        WriteIfFull();
    }

    /// <summary>Writes what is still to be written.</summary>
    /// <inheritdoc cref="Add(TrainingRows)"/>
    public void End()
    {
        if (_piece.Count > 0)
            Write();
    }

    private void WriteIfFull()
    {
        if (_piece.Count == _pieceRows)
            Write();
    }

    private void Write()
    {
        _spent = _piece.ToRows(_spent);
        _spilled.Add(_spent, _next);
        _next += _piece.Count;
        _piece.Clear();
    }
}
