using System.Numerics;

namespace MlNetShallowNet.Training;

/// <summary>
/// Finds the knot nearest to a value: the number of middles between knots that the value is above. Vectors count them, first among every
/// sixteenth middle and then among the sixteen that remain, so that no step depends on a guess.
/// </summary>
internal sealed class BinFinder
{
    private const int Group = 16;

    private readonly float[] _middles; // whole groups, the last filled up with infinity
    private readonly float[] _lastOfGroups;

    public BinFinder(float[] knots)
    {
        int count = knots.Length - 1, groups = (count + Group - 1) / Group;
        _middles = new float[groups * Group];
        Array.Fill(_middles, float.PositiveInfinity);
        for (int k = 0; k < count; k++)
            _middles[k] = Middle(knots[k], knots[k + 1]);
        _lastOfGroups = new float[Group];
        Array.Fill(_lastOfGroups, float.PositiveInfinity);
        for (int g = 0; g < groups - 1; g++)
            _lastOfGroups[g] = _middles[g * Group + Group - 1];
    }

    /// <summary>The value up to which the left of two knots is the nearest.</summary>
    public static float Middle(float left, float right) => Math.Clamp((float)(((double)left + right) / 2), left, MathF.BitDecrement(right));

    /// <summary>The bins of every <paramref name="step"/>th number from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(float[] values, long offset, int step, Span<byte> bins)
    {
        if (_middles[1] == float.PositiveInfinity) // two knots
        {
            for (int i = 0; i < bins.Length; i++, offset += step)
                bins[i] = values[offset] > _middles[0] ? (byte)1 : (byte)0;
            return;
        }

        ReadOnlySpan<Vector<float>> all = MemoryMarshal.Cast<float, Vector<float>>(_middles);
        ReadOnlySpan<Vector<float>> ends = MemoryMarshal.Cast<float, Vector<float>>(_lastOfGroups);
        int perGroup = Group / Vector<float>.Count;
        bool oneGroup = _middles.Length == Group;
        for (int i = 0; i < bins.Length; i++, offset += step)
        {
            var value = new Vector<float>(values[offset]);
            int group = oneGroup ? 0 : CountBelow(ends, value);
            bins[i] = (byte)(group * Group + CountBelow(all.Slice(group * perGroup, perGroup), value));
        }
    }

    private static int CountBelow(ReadOnlySpan<Vector<float>> middles, Vector<float> value)
    {
        Vector<int> count = default;
        foreach (Vector<float> middle in middles)
            count -= Vector.GreaterThan(value, middle); // -1 where it is
        return Vector.Sum(count);
    }
}
