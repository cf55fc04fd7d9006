using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlNetShallowNet.Engine;

/// <summary>
/// A chunk of sparse rows turned around: for each feature that occurs in it the rows where it does, ascending, with its values. Built by
/// counting, in time proportional to the non-zeros; it makes dW1 a sum per feature in a fixed order, without two threads on one number.
/// </summary>
internal sealed class BatchColumns(int featureCount)
{
    /// <summary>Features have a whole number of times as many rows; those added are row 0 with value 0.</summary>
    public const int RowMultiple = 4;

    private const int WordBits = 64;

    private readonly ulong[] _occurs = new ulong[(featureCount + WordBits - 1) / WordBits]; // a bit for each feature
    private readonly int[] _next = new int[featureCount]; // of a feature that occurs: how often, then where its next row goes
    private readonly int[] _features = new int[featureCount];
    private readonly int[] _starts = new int[featureCount + 1]; // by place
    private int[] _rows = [];
    private float[] _values = [];
    private int _count;

    /// <summary>The features that occur, ascending: so their rows of W1ᵀ are visited in the order in which they lie in memory.</summary>
    public ReadOnlySpan<int> Features => _features.AsSpan(0, _count);

    /// <summary>Whether this feature occurs.</summary>
    public bool Contains(int feature) => (_occurs[feature / WordBits] >> feature & 1) != 0;

    /// <summary>Where the rows of some features begin, and where those of the last end.</summary>
    public ReadOnlySpan<int> Starts(int place, int count) => _starts.AsSpan(place, count + 1);

    /// <summary>The rows of the chunk where features occur, one feature after another, each padded to <see cref="RowMultiple"/>.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>The values there.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Reads the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Build(SparseView x, RowSelection selection, int rows)
    {
        foreach (int feature in Features)
            _next[feature] = 0;
        Array.Clear(_occurs);

        // How often each feature occurs. Indices are less than D (SparseRows sees to it), so they are not checked again.
        ref ulong occurs = ref MemoryMarshal.GetArrayDataReference(_occurs);
        ref int next = ref MemoryMarshal.GetArrayDataReference(_next);
        int total = 0;
        for (int i = 0; i < rows; i++)
        {
            int row = selection[i];
            ReadOnlySpan<int> indices = x.Indices.AsSpan(x.RowStarts[row], x.RowStarts[row + 1] - x.RowStarts[row]);
            total += indices.Length;
            foreach (int feature in indices)
            {
                Unsafe.Add(ref next, feature)++;
                Unsafe.Add(ref occurs, feature / WordBits) |= 1UL << feature;
            }
        }
        MakeRoom(total + (RowMultiple - 1L) * Math.Min(total, featureCount));
        Arrange();

        ref int rowsOf = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref float valuesOf = ref MemoryMarshal.GetArrayDataReference(_values);
        for (int i = 0; i < rows; i++)
        {
            int row = selection[i], start = x.RowStarts[row], count = x.RowStarts[row + 1] - start;
            ReadOnlySpan<int> indices = x.Indices.AsSpan(start, count);
            ReadOnlySpan<float> values = x.Values.AsSpan(start, count);
            for (int k = 0; k < indices.Length; k++)
            {
                int at = Unsafe.Add(ref next, indices[k])++;
                Unsafe.Add(ref rowsOf, at) = i;
                Unsafe.Add(ref valuesOf, at) = values[k];
            }
        }
    }

    // Gives each feature that occurs its place and the start of its rows, the last of which are set to those added.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Arrange()
    {
        ref int rowsOf = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref float valuesOf = ref MemoryMarshal.GetArrayDataReference(_values);
        int place = 0, start = 0;
        for (int word = 0; word < _occurs.Length; word++)
        {
            for (ulong bits = _occurs[word]; bits != 0; bits &= bits - 1)
            {
                int feature = word * WordBits + BitOperations.TrailingZeroCount(bits);
                int count = (_next[feature] + RowMultiple - 1) / RowMultiple * RowMultiple;
                _features[place] = feature;
                _starts[place++] = start;
                _next[feature] = start;
                start += count;
                Vector128<int>.Zero.StoreUnsafe(ref Unsafe.Add(ref rowsOf, start - RowMultiple));
                Vector128<float>.Zero.StoreUnsafe(ref Unsafe.Add(ref valuesOf, start - RowMultiple));
            }
        }
        _starts[place] = start;
        _count = place;
    }

    private void MakeRoom(long total)
    {
        if (_rows.Length >= total)
            return;
        int room = (int)Math.Min(Array.MaxLength, total + total / 4);
        (_rows, _values) = (new int[room], new float[room]);
    }
}
