using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// Some of the rows that pass, drawn by a hash of their numbers: those below a bound that is halved whenever they would take too much
/// memory. Which they are depends on the rows' numbers and sizes and on the seed alone.
/// </summary>
internal sealed class RowSample(int featureCount, bool hasWeights, bool sparse, int seed, long mostBytes)
{
    private const int MostRows = 262_144;

    private readonly List<long> _numbers = [];
    private RowsBuilder _rows = new(featureCount, hasWeights, sparse);

    /// <summary>Rows whose <see cref="RowHash"/> is below it are in the sample.</summary>
    public double Bound { get; private set; } = 1;

    public long[] Numbers => [.. _numbers];

    public TrainingRows ToRows() => _rows.ToRows();

    /// <summary>Offers a row.</summary>
    public void Offer(long number, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense, bool label, float weight)
    {
        if (RowHash.Uniform(number, seed) >= Bound)
            return;
        _numbers.Add(number);
        _rows.Add(indices, values, isDense, label, weight);
        HalveIfLarge();
    }

    /// <summary>Adds another sample, of other rows: the sample of all of them, in whatever order samples come, but for the order of its rows.</summary>
    public void Add(RowSample other)
    {
        while (Bound > other.Bound)
            Halve();
        TrainingRows rows = other.ToRows();
        for (int i = 0; i < rows.Count; i++)
        {
            if (RowHash.Uniform(other._numbers[i], seed) >= Bound)
                continue;
            _numbers.Add(other._numbers[i]);
            _rows.Add(rows, i);
        }
        HalveIfLarge();
    }

    /// <summary>Puts its rows in the order of their numbers.</summary>
    public void Sort() => Keep([.. Enumerable.Range(0, _numbers.Count).OrderBy(i => _numbers[i])]);

    private void HalveIfLarge()
    {
        while (_rows.Count > 1 && (_rows.Count > MostRows || _rows.Bytes > mostBytes))
            Halve();
    }

    private void Halve()
    {
        Bound /= 2;
        Keep([.. Enumerable.Range(0, _numbers.Count).Where(i => RowHash.Uniform(_numbers[i], seed) < Bound)]);
    }

    private void Keep(int[] rows)
    {
        TrainingRows old = _rows.ToRows();
        long[] numbers = Numbers;
        _rows = new RowsBuilder(featureCount, hasWeights, sparse);
        _numbers.Clear();
        foreach (int i in rows)
        {
            _numbers.Add(numbers[i]);
            _rows.Add(old, i);
        }
    }
}
