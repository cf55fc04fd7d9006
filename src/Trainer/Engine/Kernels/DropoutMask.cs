using System.Numerics;

namespace MlNetShallowNet.Engine;

/// <summary>Dropout's random numbers: a hash of a counter, so that they don't depend on who draws them or in what order.</summary>
internal readonly struct DropoutMask
{
    private readonly ulong _key;
    private readonly uint _threshold;
    private readonly float _scale;

    /// <param name="probability">Of being left out.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="step">The step.</param>
    public DropoutMask(float probability, ulong seed, ulong step)
    {
        _key = Mix(Mix(seed) + step);
        _threshold = (uint)(probability * 4294967296.0);
        _scale = 1 / (1 - probability);
    }

    /// <summary>Multiplies a row's numbers, and others that belong to them, by the same zeros and scales.</summary>
    /// <param name="numbers">Neighbouring units.</param>
    /// <param name="others">As many.</param>
    /// <param name="row">The row's place in the batch.</param>
    /// <param name="unit">The first unit.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(Span<float> numbers, Span<float> others, int row, int unit)
    {
        uint key = RowKey(row);
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(numbers);
        Span<Vector<float>> otherVectors = MemoryMarshal.Cast<float, Vector<float>>(others);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector<uint> counter = Vector<uint>.Indices + new Vector<uint>((uint)(unit + i * Vector<uint>.Count));
            Vector<uint> kept = Vector.GreaterThanOrEqual(Hash(counter * 0x9E3779B9 ^ new Vector<uint>(key)), new Vector<uint>(_threshold));
            Vector<float> factor = Vector.ConditionalSelect(Vector.AsVectorInt32(kept), new Vector<float>(_scale), Vector<float>.Zero);
            vectors[i] *= factor;
            otherVectors[i] *= factor;
        }
        for (int i = vectors.Length * Vector<float>.Count; i < numbers.Length; i++)
        {
            float factor = Factor(key, (uint)(unit + i));
            numbers[i] *= factor;
            others[i] *= factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Factor(uint key, uint unit)
    {
        uint x = unit * 0x9E3779B9 ^ key;
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;
        x ^= x >> 16;
        return x >= _threshold ? _scale : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Hash(Vector<uint> x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;
        return x ^ (x >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint RowKey(int row) => (uint)Mix(_key + (ulong)row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
