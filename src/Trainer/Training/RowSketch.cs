using System.Numerics;

namespace MlNetShallowNet.Training;

/// <summary>
/// By which rows a network was trained: hashes of them, of many rows the smallest ones. A row is its features and its label; neither the order of
/// rows counts, nor how they are stored, nor their weights. Immutable.
/// </summary>
/// <remarks>
/// The smallest hashes are a sample that is the same whichever rows pass beside them (bottom-k sketch, Cohen and Kaplan, 2007): of rows that were trained on,
/// those with a hash up to the largest one kept are found, all of them, and of other rows none, but for a chance of 2⁻⁶⁴ for each pair.
/// </remarks>
internal sealed class RowSketch
{
    /// <summary>How many hashes are kept at most: 32 KiB of them.</summary>
    public const int MostHashes = 4096;

    private readonly ulong[] _hashes;
    private readonly ulong _bound;

    /// <summary>The sketch of the rows with these hashes.</summary>
    public RowSketch(IEnumerable<ulong> hashes)
    {
        ulong[] all = [.. hashes];
        Array.Sort(all);
        int kept = 0;
        for (int i = 0; i < all.Length && kept < MostHashes; i++)
        {
            if (kept == 0 || all[i] != all[kept - 1])
                all[kept++] = all[i];
        }
        _hashes = all[..kept];
        _bound = _hashes.Length == MostHashes ? _hashes[^1] : ulong.MaxValue;
    }

    /// <summary>The hashes that are kept, ascending.</summary>
    public ReadOnlySpan<ulong> Hashes => _hashes;

    /// <summary>The sketch of these rows and of others.</summary>
    public RowSketch With(RowSketch? others) => others is null ? this : new RowSketch(_hashes.Concat(others._hashes));

    /// <summary>Whether the row of a hash is one of these; null where nothing tells, as the hash is above those that are kept.</summary>
    public bool? Holds(ulong hash) => hash > _bound ? null : Array.BinarySearch(_hashes, hash) >= 0;

    /// <summary>The hash of a row.</summary>
    /// <param name="indices">The features whose values are given, ascending; of no account for a dense row.</param>
    /// <param name="values">Their values.</param>
    /// <param name="isDense">Whether the values are those of all features.</param>
    /// <param name="label">The label.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong HashOf(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense, bool label)
    {
        ulong state = RowHash.Mix(label ? 1UL : 2);
        for (int k = 0; k < values.Length; k++)
        {
            if (values[k] == 0)
                continue;
            ulong word = (ulong)(uint)(isDense ? k : indices[k]) << 32 | BitConverter.SingleToUInt32Bits(values[k]);
            state = BitOperations.RotateLeft((state ^ word) * RowHash.Odd, 29);
        }
        return RowHash.Mix(state);
    }

    /// <summary>Makes the sketch of rows that pass, in little memory.</summary>
    internal sealed class Builder
    {
        private readonly List<ulong> _hashes = [];
        private ulong _bound = ulong.MaxValue;

        /// <summary>Adds the row of a hash.</summary>
        public void Add(ulong hash)
        {
            if (hash > _bound)
                return;
            _hashes.Add(hash);
            if (_hashes.Count < 2 * MostHashes)
                return;
            RowSketch smallest = ToSketch();
            _hashes.Clear();
            _hashes.AddRange(smallest._hashes);
            _bound = smallest._bound;
        }

        /// <summary>The sketch of all rows that have passed.</summary>
        public RowSketch ToSketch() => new(_hashes);
    }
}
