using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Neighbouring features that are 0 or 1, of which no row has two that are 1, as of a one-hot encoded column.</summary>
/// <param name="First">The first feature.</param>
/// <param name="Count">How many features.</param>
internal readonly record struct OneHotGroup(int First, int Count)
{
    /// <summary>All groups, each as large as it can be, single features included.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="mayBe">Which features may belong to a group.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static List<OneHotGroup> Find(TrainingRows rows, Func<int, bool> mayBe)
    {
        bool[] isFlag = [.. Enumerable.Range(0, rows.FeatureCount).Select(mayBe)];
        int[] before = new int[isFlag.Length]; // the last one before it that is 1 in some row together with it
        Array.Fill(before, -1);
        if (rows is SparseRows sparse)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                (int start, int count) = sparse.Row(i);
                for (int k = start, last = -1; k < start + count; k++)
                    See(sparse.Indices[k], sparse.Values[k], ref last);
            }
        }
        else
        {
            int[] flags = [.. Enumerable.Range(0, isFlag.Length).Where(d => isFlag[d])];
            float[] values = ((DenseRows)rows).Values;
            for (int i = 0, last = -1; i < rows.Count; i++, last = -1)
            {
                foreach (int d in flags)
                    See(d, values[(long)i * rows.FeatureCount + d], ref last);
            }
        }

        List<OneHotGroup> groups = [];
        bool isOpen = false;
        for (int d = 0; d < isFlag.Length; d++)
        {
            if (isOpen && isFlag[d] && before[d] < groups[^1].First)
                groups[^1] = groups[^1] with { Count = groups[^1].Count + 1 };
            else if (isFlag[d])
                groups.Add(new OneHotGroup(d, 1));
            isOpen = isFlag[d];
        }
        return groups;

        void See(int d, float value, ref int last)
        {
            if (value == 0 || !isFlag[d])
                return;
            isFlag[d] = value == 1;
            before[d] = Math.Max(before[d], last);
            last = d;
        }
    }
}
