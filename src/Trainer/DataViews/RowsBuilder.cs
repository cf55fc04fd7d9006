using Microsoft.ML.Data;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.DataViews;

/// <summary>Collects rows, dense or sparse as the first few hundred of them suggest (or as is asked), whichever way each is stored.</summary>
internal sealed class RowsBuilder
{
    // Below a quarter of non-zeros, (index, value) pairs take less room and less work than dense rows.
    private const double SparseBelow = 0.25;

    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<int> _rowStarts = [0];
    private readonly List<int> _indices = [];
    private readonly List<float> _values = [];
    private readonly int _featureCount;
    private readonly bool _hasWeights;
    private readonly bool? _sparse;
    private readonly int _expectedRows;
    private float[]? _dense;

    /// <param name="featureCount">D.</param>
    /// <param name="hasWeights">Whether rows have weights.</param>
    /// <param name="sparse">Whether rows are to be sparse; null to decide by the first of them.</param>
    /// <param name="expectedRows">How many rows will come: dense ones then have their place from the start.</param>
    public RowsBuilder(int featureCount, bool hasWeights, bool? sparse = null, int expectedRows = 0)
    {
        (_featureCount, _hasWeights, _sparse, _expectedRows) = (featureCount, hasWeights, sparse, expectedRows);
        if (sparse == false)
            _dense = [];
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _labels.Count;

    /// <summary>Roughly what the rows take in memory, once they are finished.</summary>
    public long Bytes => sizeof(float) * ((long)_labels.Count * (_hasWeights ? 3 : 2) + (_dense is null ? 2L * _values.Count : DenseCount));

    /// <summary>Adds a row.</summary>
    public void Add(in VBuffer<float> features, bool label, float weight)
    {
        if (features.Length != _featureCount)
            throw new InvalidOperationException($"Row {_labels.Count} has {features.Length} features; the schema says {_featureCount}.");
        Add(features.IsDense ? default : features.GetIndices(), features.GetValues(), features.IsDense, label, weight);
    }

    /// <summary>Adds a row given by all its values, or by some of them with their indices.</summary>
    public void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense, bool label, float weight)
    {
        _labels.Add(label ? 1 : 0);
        if (_hasWeights)
            _weights.Add(weight);
        if (_dense is not null)
        {
            AddDense(indices, values, isDense);
            return;
        }
        AddSparse(indices, values, isDense);
        if (_labels.Count == SpillSizes.RowsToDecide && IsRatherDense)
            BecomeDense();
    }

    /// <summary>Adds a row of some rows.</summary>
    public void Add(TrainingRows rows, int row)
    {
        int D = rows.FeatureCount;
        (int start, int end) = rows is SparseRows s ? (s.RowStarts[row], s.RowStarts[row + 1]) : (row * D, (row + 1) * D);
        ReadOnlySpan<int> indices = rows is SparseRows sparse ? sparse.Indices.AsSpan(start..end) : default;
        float[] values = rows is SparseRows other ? other.Values : ((DenseRows)rows).Values;
        Add(indices, values.AsSpan(start..end), rows is DenseRows, rows.Labels[row] > 0, rows.Weights?[row] ?? 1);
    }

    /// <summary>The rows collected, of which the builder keeps none: dense ones as they stand, without a copy.</summary>
    public TrainingRows TakeRows()
    {
        Decide();
        if (_dense is not { } dense)
            return ToRows();
        _dense = null;
        Array.Resize(ref dense, (int)DenseCount);
        return new DenseRows(_featureCount, dense, [.. _labels], _hasWeights ? [.. _weights] : null);
    }

    /// <summary>The rows collected.</summary>
    /// <param name="spent">Rows that nobody needs any more, in whose arrays these go where they fit.</param>
    public TrainingRows ToRows(TrainingRows? spent = null)
    {
        Decide();
        float[] labels = Copy(_labels, spent?.Labels);
        float[]? weights = _hasWeights ? Copy(_weights, spent?.Weights) : null;
        if (_dense is not null)
            return new DenseRows(_featureCount, Copy(_dense.AsSpan(0, (int)DenseCount), (spent as DenseRows)?.Values), labels, weights);
        var old = spent as SparseRows;
        return new SparseRows(
            _featureCount, Copy(_rowStarts, old?.RowStarts), Copy(_indices, old?.Indices, longerWillDo: true),
            Copy(_values, old?.Values, longerWillDo: true), labels, weights);
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        foreach (List<float> list in (ReadOnlySpan<List<float>>)[_labels, _weights, _values])
            list.Clear();
        _indices.Clear();
        _rowStarts.Clear();
        _rowStarts.Add(0);
    }

    private long DenseCount => (long)_labels.Count * _featureCount;

    private static T[] Copy<T>(List<T> list, T[]? array, bool longerWillDo = false) => Copy<T>(CollectionsMarshal.AsSpan(list), array, longerWillDo);

    private static T[] Copy<T>(ReadOnlySpan<T> values, T[]? array, bool longerWillDo = false)
    {
        if (array is null || (longerWillDo ? array.Length < values.Length : array.Length != values.Length))
            return values.ToArray();
        values.CopyTo(array);
        return array;
    }

    private void Decide()
    {
        if (_dense is null && IsRatherDense)
            BecomeDense();
    }

    private bool IsRatherDense => _sparse is null && _values.Count >= SparseBelow * _labels.Count * _featureCount;

    private void AddSparse(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense)
    {
        for (int k = 0; k < values.Length; k++)
        {
            if (values[k] == 0)
                continue;
            _indices.Add(isDense ? k : indices[k]);
            _values.Add(values[k]);
        }

        _rowStarts.Add(_values.Count);
    }

    private void AddDense(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense)
    {
        // The row's label is there already.
        if (_dense!.Length < DenseCount)
            Array.Resize(ref _dense, Room(DenseCount));
        Span<float> row = _dense.AsSpan((int)DenseCount - _featureCount, _featureCount);
        if (isDense)
        {
            values.CopyTo(row);
            return;
        }
        row.Clear();
        for (int k = 0; k < indices.Length; k++)
            row[indices[k]] = values[k];
    }

    private int Room(long count) => (int)Math.Max(count, Math.Min(Array.MaxLength, Math.Max(2L * _dense?.Length ?? 0, (long)_expectedRows * _featureCount)));

    private void BecomeDense()
    {
        _dense = new float[Room(DenseCount)];
        for (int row = 0; row < _labels.Count; row++)
        {
            for (int k = _rowStarts[row]; k < _rowStarts[row + 1]; k++)
                _dense[row * _featureCount + _indices[k]] = _values[k];
        }

        _rowStarts.Clear();
        _indices.Clear();
        _values.Clear();
    }
}
