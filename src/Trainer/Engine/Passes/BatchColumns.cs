using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetShallowNet.Engine;

/// <summary>
/// A chunk of sparse rows turned around: for each feature that occurs in it the rows where it does, ascending, with its values. Built by
/// counting, in time proportional to the non-zeros; it makes dW1 a sum per feature in a fixed order, without two threads on one number.
/// </summary>
internal sealed class BatchColumns(int featureCount)
{
    private readonly int[] _slot = new int[featureCount]; // 1 + place among the features that occur; 0: none
    private readonly int[] _features = new int[featureCount];
    private readonly int[] _ends = new int[featureCount + 1]; // by slot; the first stays 0
    private int[] _rows = [];
    private int[] _slotOf = [];
    private float[] _values = [];
    private int _count;

    /// <summary>The features that occur, in the order in which they first do.</summary>
    public ReadOnlySpan<int> Features => _features.AsSpan(0, _count);

    /// <summary>Whether this feature occurs.</summary>
    public bool Contains(int feature) => _slot[feature] != 0;

    /// <summary>The rows of the chunk where the feature at this place occurs.</summary>
    public ReadOnlySpan<int> Rows(int place) => _rows.AsSpan(_ends[place], _ends[place + 1] - _ends[place]);

    /// <summary>Its values there.</summary>
    public ReadOnlySpan<float> Values(int place) => _values.AsSpan(_ends[place], _ends[place + 1] - _ends[place]);

    /// <summary>Reads the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Build(SparseView x, RowSelection selection, int rows)
    {
        foreach (int feature in Features)
            _slot[feature] = 0;
        Array.Clear(_ends, 0, _count + 1);

        // How often each feature occurs. Whether it is a new one is hard to foresee, so there is no branch.
        int total = 0, occurring = 0;
        for (int i = 0; i < rows; i++)
            total += x.RowStarts[selection[i] + 1] - x.RowStarts[selection[i]];
        MakeRoom(total);
        ref int slots = ref MemoryMarshal.GetArrayDataReference(_slot), features = ref MemoryMarshal.GetArrayDataReference(_features);
        ref int ends = ref MemoryMarshal.GetArrayDataReference(_ends), slotOf = ref MemoryMarshal.GetArrayDataReference(_slotOf);
        for (int i = 0; i < rows; i++)
        {
            int row = selection[i];
            foreach (int feature in x.Indices.AsSpan(x.RowStarts[row], x.RowStarts[row + 1] - x.RowStarts[row]))
            {
                // Indices are less than D and ascend (SparseRows sees to it), so there are never more slots than features.
                ref int known = ref Unsafe.Add(ref slots, feature);
                int isNew = known == 0 ? 1 : 0;
                occurring += isNew;
                int slot = known + isNew * occurring;
                known = slot;
                Unsafe.Add(ref features, slot - 1) = feature;
                Unsafe.Add(ref ends, slot)++;
                slotOf = slot;
                slotOf = ref Unsafe.Add(ref slotOf, 1);
            }
        }
        _count = occurring;

        // Where each begins; filling moves that on to where it ends, which is where the next begins.
        int start = 0;
        for (int slot = 1; slot <= _count; slot++)
        {
            int count = _ends[slot];
            _ends[slot] = start;
            start += count;
        }
        ref int rowsOf = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref float valuesOf = ref MemoryMarshal.GetArrayDataReference(_values);
        slotOf = ref MemoryMarshal.GetArrayDataReference(_slotOf);
        for (int i = 0; i < rows; i++)
        {
            int row = selection[i];
            foreach (float value in x.Values.AsSpan(x.RowStarts[row], x.RowStarts[row + 1] - x.RowStarts[row]))
            {
                int at = Unsafe.Add(ref ends, slotOf)++;
                slotOf = ref Unsafe.Add(ref slotOf, 1);
                Unsafe.Add(ref rowsOf, at) = i;
                Unsafe.Add(ref valuesOf, at) = value;
            }
        }
    }

    private void MakeRoom(int total)
    {
        if (_rows.Length >= total)
            return;
        int room = (int)Math.Min(Array.MaxLength, total + (long)total / 4);
        (_rows, _values, _slotOf) = (new int[room], new float[room], new int[room]);
    }
}
