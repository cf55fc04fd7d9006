using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// Goes through the rows of a data view that can be trained on. Rows with a feature that is NaN or infinite, or with a weight that is not a
/// positive finite number, are passed over, as ML.NET's own trainers do, and counted.
/// </summary>
internal sealed class UsableRows : IDisposable
{
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<bool> _getLabel;
    private readonly ValueGetter<VBuffer<float>> _getFeatures;
    private readonly ValueGetter<float>? _getWeight;
    private readonly CancellationToken _cancellation;
    private readonly RowSketch.Builder _sketch = new();
    private VBuffer<float> _features;
    private bool _label;
    private float _weight = 1;

    public UsableRows(TrainingColumns columns, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _cursor = columns.Data.GetRowCursor(columns.Needed);
        _getLabel = _cursor.GetGetter<bool>(columns.Label);
        _getFeatures = _cursor.GetGetter<VBuffer<float>>(columns.Features);
        _getWeight = columns.Weight is { } weight ? _cursor.GetGetter<float>(weight) : null;
    }

    /// <summary>The features of the current row.</summary>
    public ref readonly VBuffer<float> Features => ref _features;

    /// <summary>Its label.</summary>
    public bool Label => _label;

    /// <summary>Its weight.</summary>
    public float Weight => _weight;

    /// <summary>Rows passed over because a feature was NaN or infinite.</summary>
    public long BadFeatures { get; private set; }

    /// <summary>Rows passed over because their weight was not a positive finite number.</summary>
    public long BadWeights { get; private set; }

    /// <summary>The hash of the current row.</summary>
    public ulong Hash => RowSketch.HashOf(_features.IsDense ? default : _features.GetIndices(), _features.GetValues(), _features.IsDense, _label);

    /// <summary>Which usable rows have passed.</summary>
    public RowSketch Sketch => _sketch.ToSketch();

    /// <summary>Moves to the next usable row; false at the end.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public bool MoveNext()
    {
        while (_cursor.MoveNext())
        {
            if ((_cursor.Position & 0x3FF) == 0)
                _cancellation.ThrowIfCancellationRequested();
            _getFeatures(ref _features);
            if (!AllFinite(_features.GetValues()))
            {
                BadFeatures++;
                continue;
            }

            _getWeight?.Invoke(ref _weight);
            if (!(_weight > 0 && float.IsFinite(_weight)))
            {
                BadWeights++;
                continue;
            }

            _getLabel(ref _label);
            _sketch.Add(Hash);
            return true;
        }

        return false;
    }

    public void Dispose() => _cursor.Dispose();

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
