namespace MlNetShallowNet.Training;

/// <summary>Grows single trees of soft splits, the best split first.</summary>
internal sealed class TreeGrower(TreeColumns columns, TreePlan plan, int threads)
{
    private const int FewestFeatures = 4;

    private readonly Histograms _histograms = new(columns, threads);
    private readonly List<(int Row, float Amount)> _lost = [];
    private Vector128<double>[] _pairs = [];
    private int[] _lostRows = [];

    /// <summary>The leaves of a tree, as nodes with their rows; the caller releases them.</summary>
    /// <param name="rows">The rows, those that are trained on first.</param>
    /// <param name="trained">How many are trained on.</param>
    /// <param name="gradient">The gradient of every row's loss by its score.</param>
    /// <param name="hessian">The second derivative.</param>
    /// <param name="random">Draws the features.</param>
    public List<TreeNode> Grow(int[] rows, int trained, float[] gradient, float[] hessian, Random random)
    {
        _histograms.Choose(DrawFeatures(random));
        if (_pairs.Length < trained)
            _pairs = new Vector128<double>[trained];

        var root = TreeNode.Root(rows, trained);
        List<TreeNode> leaves = [root];
        if (plan.Leaves < 2)
            return leaves;
        root.Histogram = _histograms.Rent();
        root.Sum = Fill(root, gradient, hessian);
        _histograms.Add(root.Histogram, root.Rows.AsMemory(0, root.Trained), _pairs);
        root.Best = SplitSearch.Best(_histograms, columns, root.Histogram, root.Sum, plan);
        while (leaves.Count < plan.Leaves)
        {
            TreeNode parent = leaves.MaxBy(l => l.Best.Gain)!;
            if (parent.Best.Feature < 0)
                break;
            _lost.Clear();
            (TreeNode left, TreeNode right) = parent.Divide(columns, _lost);
            leaves.Remove(parent);
            leaves.Add(left);
            leaves.Add(right);
            if (leaves.Count < plan.Leaves)
                SearchBoth(parent, left, right, gradient, hessian);
            else
                _histograms.Return(parent.Histogram!);
            parent.Release();
        }

        foreach (TreeNode leaf in leaves.Where(l => l.Histogram is not null))
            _histograms.Return(leaf.Histogram!);
        return leaves;
    }

    // The smaller side is added up; the larger one is what remains of the parent, less what neither side has.
    private void SearchBoth(TreeNode parent, TreeNode left, TreeNode right, float[] gradient, float[] hessian)
    {
        (TreeNode small, TreeNode large) = left.Trained <= right.Trained ? (left, right) : (right, left);
        small.Histogram = _histograms.Rent();
        large.Histogram = parent.Histogram!;
        parent.Histogram = null;
        small.Sum = Fill(small, gradient, hessian);
        _histograms.Add(small.Histogram, small.Rows.AsMemory(0, small.Trained), _pairs);
        _histograms.Subtract(large.Histogram, small.Histogram);
        large.Sum = parent.Sum - small.Sum + AddLost(large.Histogram, gradient, hessian);
        small.Best = SplitSearch.Best(_histograms, columns, small.Histogram, small.Sum, plan);
        large.Best = SplitSearch.Best(_histograms, columns, large.Histogram, large.Sum, plan);
    }

    // Less what neither side has; returns that, negative.
    private Vector128<double> AddLost(Vector128<double>[] histogram, float[] gradient, float[] hessian)
    {
        Vector128<double> sum = default;
        if (_lost.Count == 0)
            return sum;
        if (_lostRows.Length < _lost.Count)
            _lostRows = new int[Math.Max(_lost.Count, 2 * _lostRows.Length)];
        for (int a = 0; a < _lost.Count; a++)
        {
            (int row, float amount) = _lost[a];
            _lostRows[a] = row;
            sum += _pairs[a] = Vector128.Create((double)gradient[row], hessian[row]) * -amount;
        }

        _histograms.Add(histogram, _lostRows.AsMemory(0, _lost.Count), _pairs);
        return sum;
    }

    // The pairs of a node's rows that are trained on, by membership, and their sum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector128<double> Fill(TreeNode node, float[] gradient, float[] hessian)
    {
        Vector128<double> sum = default;
        for (int a = 0; a < node.Trained; a++)
        {
            int row = node.Rows[a];
            sum += _pairs[a] = Vector128.Create((double)gradient[row], hessian[row]) * node.Membership[a];
        }

        return sum;
    }

    private int[] DrawFeatures(Random random)
    {
        int[] used = columns.Used;
        int count = Math.Max(Math.Min(used.Length, FewestFeatures), (int)Math.Ceiling(used.Length * plan.FeatureShare));
        if (count >= used.Length)
            return used;
        int[] drawn = (int[])used.Clone();
        random.Shuffle(drawn);
        Array.Resize(ref drawn, count);
        Array.Sort(drawn);
        return drawn;
    }
}
