namespace MlNetShallowNet.Training;

/// <summary>
/// Sums up pairs (gradient, hessian) by the bin that each feature of a row is in. A histogram is one array: first the slots of the sparse
/// features, whose usual bins stay empty, then the bins of the dense features that the tree may split. Each feature's sums are made by one
/// thread, row after row, so that they don't depend on how many there are.
/// </summary>
internal sealed class Histograms(TreeColumns columns, int threads)
{
    // Less than this many additions are not worth a second thread.
    private const long LeastToShare = 200_000;

    private readonly SparseBins _sparse = columns.Sparse;
    private readonly int[] _firstSlot = [.. columns.Sparse.FirstSlot];
    private readonly Stack<Vector128<double>[]> _spare = []; // as long as histograms of all features, so that they serve any tree
    private readonly int _longest = columns.Sparse.SlotCount + columns.Used.Where(d => !columns.Sparse.IsSparse(d)).Sum(d => columns.Knots(d).Length);
    private int[] _dense = [];
    private int _length;

    /// <summary>The features that the tree may split, ascending.</summary>
    public int[] Features { get; private set; } = [];

    /// <summary>Chooses the features that the histograms to come are of.</summary>
    public void Choose(int[] features)
    {
        Features = features;
        _dense = [.. features.Where(d => !_sparse.IsSparse(d))];
        _length = _sparse.SlotCount;
        foreach (int d in columns.Used.Where(d => !_sparse.IsSparse(d)))
            _firstSlot[d] = -1;
        foreach (int d in _dense)
        {
            _firstSlot[d] = _length;
            _length += columns.Knots(d).Length;
        }
    }

    /// <summary>Where a feature's bins begin in a histogram; -1 where the tree may not split it.</summary>
    public int FirstSlot(int feature) => _firstSlot[feature];

    /// <summary>An empty histogram, of those given back if there is one.</summary>
    public Vector128<double>[] Rent()
    {
        if (!_spare.TryPop(out Vector128<double>[]? histogram))
            return new Vector128<double>[_longest];
        Array.Clear(histogram, 0, _length);
        return histogram;
    }

    public void Return(Vector128<double>[] histogram) => _spare.Push(histogram);

    /// <summary>Takes another histogram from one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(Vector128<double>[] from, Vector128<double>[] what)
    {
        for (int k = 0; k < _length; k++)
            from[k] -= what[k];
    }

    /// <summary>Adds rows to a histogram.</summary>
    /// <param name="histogram">The histogram.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="pairs">Gradient and hessian of each of them, in the same order.</param>
    public void Add(Vector128<double>[] histogram, ReadOnlyMemory<int> rows, Vector128<double>[] pairs)
    {
        int groups = (_dense.Length + 3) / 4;
        bool share = threads > 1 && (long)rows.Length * Features.Length >= LeastToShare;
        if (share)
        {
            Parallel.For(-1, groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, AddGroup);
            return;
        }

        for (int group = -1; group < groups; group++)
            AddGroup(group);

        void AddGroup(int group)
        {
            if (group < 0)
                AddSparse(histogram, rows.Span, pairs);
            else if (4 * group + 4 <= _dense.Length)
                AddFour(histogram, rows.Span, pairs, _dense.AsSpan(4 * group, 4));
            else
                AddRest(histogram, rows.Span, pairs, _dense.AsSpan(4 * group));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSparse(Vector128<double>[] histogram, ReadOnlySpan<int> rows, Vector128<double>[] pairs)
    {
        if (_sparse.SlotCount == 0)
            return;
        int[] starts = _sparse.RowStarts, slots = _sparse.Slots;
        ref Vector128<double> sums = ref MemoryMarshal.GetArrayDataReference(histogram);
        for (int a = 0; a < rows.Length; a++)
        {
            Vector128<double> pair = pairs[a];
            for (int k = starts[rows[a]]; k < starts[rows[a] + 1]; k++)
                Unsafe.Add(ref sums, slots[k]) += pair;
        }
    }

    // Four features at a time: a row and its pair are read once, and additions to different histograms don't wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFour(Vector128<double>[] histogram, ReadOnlySpan<int> rows, Vector128<double>[] pairs, ReadOnlySpan<int> features)
    {
        ref byte bin0 = ref Bins(features[0]), bin1 = ref Bins(features[1]), bin2 = ref Bins(features[2]), bin3 = ref Bins(features[3]);
        ref Vector128<double> sums0 = ref histogram[_firstSlot[features[0]]], sums1 = ref histogram[_firstSlot[features[1]]];
        ref Vector128<double> sums2 = ref histogram[_firstSlot[features[2]]], sums3 = ref histogram[_firstSlot[features[3]]];
        ref int row = ref MemoryMarshal.GetReference(rows);
        ref Vector128<double> pair = ref MemoryMarshal.GetArrayDataReference(pairs);
        for (int a = 0; a < rows.Length; a++)
        {
            nint i = Unsafe.Add(ref row, a);
            Vector128<double> p = Unsafe.Add(ref pair, a);
            Unsafe.Add(ref sums0, (nint)Unsafe.Add(ref bin0, i)) += p;
            Unsafe.Add(ref sums1, (nint)Unsafe.Add(ref bin1, i)) += p;
            Unsafe.Add(ref sums2, (nint)Unsafe.Add(ref bin2, i)) += p;
            Unsafe.Add(ref sums3, (nint)Unsafe.Add(ref bin3, i)) += p;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRest(Vector128<double>[] histogram, ReadOnlySpan<int> rows, Vector128<double>[] pairs, ReadOnlySpan<int> features)
    {
        foreach (int d in features)
        {
            ref byte bin = ref Bins(d);
            ref Vector128<double> sums = ref histogram[_firstSlot[d]];
            for (int a = 0; a < rows.Length; a++)
                Unsafe.Add(ref sums, (nint)Unsafe.Add(ref bin, rows[a])) += pairs[a];
        }
    }

    private ref byte Bins(int feature) => ref MemoryMarshal.GetArrayDataReference(columns.Bins(feature));
}
