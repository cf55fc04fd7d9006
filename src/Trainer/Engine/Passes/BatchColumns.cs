using System.Numerics;

namespace MlNetShallowNet.Engine;

/// <summary>
/// A chunk of sparse rows turned around: for each feature that occurs in it the rows where it does, ascending, with its values. Built by
/// counting, in time proportional to the non-zeros; it makes dW1 a sum per feature in a fixed order, without two threads on one number.
/// </summary>
internal sealed class BatchColumns(int featureCount)
{
    private const int WordBits = 64;

    private readonly ulong[] _occurs = new ulong[(featureCount + WordBits - 1) / WordBits]; // a bit for each feature
    private readonly int[] _next = new int[featureCount]; // of a feature that occurs: how often, then where its next row goes
    private readonly int[] _features = new int[featureCount];
    private readonly int[] _starts = new int[featureCount + 1]; // by place
    private Occurrence[] _occurrences = [];
    private int _count;

    /// <summary>The features that occur, ascending: so their rows of W1ᵀ are visited in the order in which they lie in memory.</summary>
    public ReadOnlySpan<int> Features => _features.AsSpan(0, _count);

    /// <summary>Whether this feature occurs.</summary>
    public bool Contains(int feature) => (_occurs[feature / WordBits] >> feature & 1) != 0;

    /// <summary>Where the rows of some features begin, and where those of the last end.</summary>
    public ReadOnlySpan<int> Starts(int place, int count) => _starts.AsSpan(place, count + 1);

    /// <summary>Where features occur, one feature after another, each an even number of times: a row that is added for it is row 0, with value 0.</summary>
    public ReadOnlySpan<Occurrence> Occurrences => _occurrences;

    /// <summary>Reads the chunk.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="first">The chunk's first row among them; the others follow it.</param>
    /// <param name="rows">How many.</param>
    /// <param name="from">No feature before it occurs.</param>
    /// <param name="end">Nor does one from here on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Build(SparseView x, int first, int rows, int from, int end)
    {
        foreach (int feature in Features)
            _next[feature] = 0;
        int firstWord = from / WordBits, words = (end + WordBits - 1) / WordBits - firstWord;
        _occurs.AsSpan(firstWord, words).Clear();

        // How often each feature occurs. Indices are less than D (SparseRows sees to it), so they are not checked again.
        ref ulong occurs = ref MemoryMarshal.GetArrayDataReference(_occurs);
        ref int next = ref MemoryMarshal.GetArrayDataReference(_next);
        ReadOnlySpan<int> indices = x.Indices.AsSpan(x.RowStarts[first]..x.RowStarts[first + rows]);
        foreach (int feature in indices)
        {
            Unsafe.Add(ref next, feature)++;
            Unsafe.Add(ref occurs, feature / WordBits) |= 1UL << feature;
        }
        MakeRoom((long)indices.Length + Math.Min(indices.Length, featureCount));
        Arrange(firstWord, firstWord + words);

        ref Occurrence occurrences = ref MemoryMarshal.GetArrayDataReference(_occurrences);
        for (int i = 0; i < rows; i++)
        {
            int start = x.RowStarts[first + i], count = x.RowStarts[first + i + 1] - start;
            indices = x.Indices.AsSpan(start, count);
            ReadOnlySpan<float> values = x.Values.AsSpan(start, count);
            for (int k = 0; k < indices.Length; k++)
            {
                int at = Unsafe.Add(ref next, indices[k])++;
                Unsafe.Add(ref occurrences, at) = new Occurrence(i, values[k]);
            }
        }
    }

    // Gives each feature that occurs its place and the start of its rows, the last of which is set to the one that may be added.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Arrange(int from, int end)
    {
        ref Occurrence occurrences = ref MemoryMarshal.GetArrayDataReference(_occurrences);
        ref int features = ref MemoryMarshal.GetArrayDataReference(_features);
        ref int starts = ref MemoryMarshal.GetArrayDataReference(_starts);
        ref int next = ref MemoryMarshal.GetArrayDataReference(_next);
        int place = 0, start = 0;
        for (int word = from; word < end; word++)
        {
            for (ulong bits = _occurs[word]; bits != 0; bits &= bits - 1)
            {
                int feature = word * WordBits + BitOperations.TrailingZeroCount(bits);
                ref int count = ref Unsafe.Add(ref next, feature);
                Unsafe.Add(ref features, place) = feature;
                Unsafe.Add(ref starts, place++) = start;
                int past = start + (count + 1) / 2 * 2;
                count = start;
                start = past;
                Unsafe.Add(ref occurrences, start - 1) = default;
            }
        }
        _starts[place] = start;
        _count = place;
    }

    private void MakeRoom(long total)
    {
        if (_occurrences.Length < total)
            _occurrences = new Occurrence[Math.Min(Array.MaxLength, total + total / 4)];
    }

    /// <summary>A row of the chunk, and a feature's value there.</summary>
    public readonly record struct Occurrence(int Row, float Value);
}
