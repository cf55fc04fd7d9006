using System.Buffers;

namespace MlNetShallowNet.Training;

/// <summary>
/// A node and the rows that belong to it, with their memberships: first those that are trained on, then those left out.
/// </summary>
internal sealed class TreeNode
{
    private TreeNode(Turn[] path, int capacity)
    {
        Path = path;
        Rows = ArrayPool<int>.Shared.Rent(capacity + 1); // a row more, for it may be written before it is counted
        Membership = ArrayPool<float>.Shared.Rent(capacity + 1);
    }

    /// <summary>The turns from the root to here.</summary>
    public Turn[] Path { get; }

    public int[] Rows { get; }

    public float[] Membership { get; }

    /// <summary>How many rows are trained on; how many there are.</summary>
    public int Trained, Count;

    /// <summary>The sums of the gradients and hessians of the rows that are trained on, by bins; none where the node will not be split.</summary>
    public Vector128<double>[]? Histogram { get; set; }

    /// <summary>The same sums over all bins of a feature.</summary>
    public Vector128<double> Sum { get; set; }

    public Split Best { get; set; } = Split.None;

    /// <summary>A root of these rows, the first of which are trained on; all belong to it wholly.</summary>
    public static TreeNode Root(int[] rows, int trained)
    {
        var root = new TreeNode([], rows.Length) { Trained = trained, Count = rows.Length };
        rows.CopyTo(root.Rows, 0);
        root.Membership.AsSpan(0, root.Count).Fill(1);
        return root;
    }

    /// <summary>
    /// Both sides of the best split, whose ramp goes from its one knot to the next. A row that belongs to the node by mu and goes to the right by s belongs to the right side by
    /// max(0, mu + s - 1) and to the left one by max(0, mu - s).
    /// </summary>
    /// <param name="columns">The columns.</param>
    /// <param name="lost">Gets the rows that are trained on whose memberships of the sides add up to less than that of the node, and by how much.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (TreeNode Left, TreeNode Right) Divide(TreeColumns columns, List<(int Row, float Amount)> lost)
    {
        if (Best.Categories is { } categories)
            return Divide(columns, columns.Categories[Best.Feature], categories);
        float[] knots = columns.Knots(Best.Feature);
        float[]? values = columns.Values(Best.Feature, out int offset, out int stride);
        var ramp = new Ramp(Best.Feature, knots[Best.Knot], knots[Best.Knot + 1], columns.IsTwoValued(Best.Feature));
        var left = new TreeNode([.. Path, new Turn(ramp, false)], Count);
        var right = new TreeNode([.. Path, new Turn(ramp, true)], Count);
        byte[] bins = columns.Bins(Best.Feature);
        uint knot = (uint)Best.Knot;
        float scale = 1 / (ramp.To - ramp.From);
        int[] leftRows = left.Rows, rightRows = right.Rows;
        float[] leftMembership = left.Membership, rightMembership = right.Membership;
        int l = 0, r = 0;
        for (int segment = 0; segment < 2; segment++)
        {
            (int from, int to) = segment == 0 ? (0, Trained) : (Trained, Count);
            for (int a = from; a < to; a++)
            {
                int row = Rows[a];
                float membership = Membership[a];
                uint past = bins[row] - knot;
                leftRows[l] = rightRows[r] = row;
                leftMembership[l] = rightMembership[r] = membership;
                if (past > 1 || values is null)
                {
                    // No branch to be guessed: below the knot the difference has wrapped.
                    int isLeft = (int)((past - 1) >> 31);
                    l += isLeft;
                    r += 1 - isLeft;
                    continue;
                }

                // Only rows at one of the two knots can be on the ramp.
                float share = Math.Clamp((values[offset + row * (long)stride] - ramp.From) * scale, 0, 1);
                float toLeft = membership - share, toRight = membership + share - 1;
                if (membership < 1 && share is > 0 and < 1 && segment == 0)
                    lost.Add((row, membership - Math.Max(0, toLeft) - Math.Max(0, toRight)));
                leftMembership[l] = toLeft;
                rightMembership[r] = toRight;
                l += toLeft > 0 ? 1 : 0;
                r += toRight > 0 ? 1 : 0;
            }

            if (segment == 0)
                (left.Trained, right.Trained) = (l, r);
        }

        (left.Count, right.Count) = (l, r);
        return (left, right);
    }

    // Some categories to the right, whole rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (TreeNode Left, TreeNode Right) Divide(TreeColumns columns, CategoryColumn column, int[] categories)
    {
        Turn[] turns = new Turn[categories.Length];
        for (int k = 0; k < turns.Length; k++)
        {
            int d = column.Features[categories[k] - 1];
            turns[k] = new Turn(new Ramp(d, 0, 1, columns.IsTwoValued(d)), Right: true, Or: k > 0);
        }

        var left = new TreeNode([.. Path, .. turns.Select(turn => turn with { Right = false })], Count);
        var right = new TreeNode([.. Path, .. turns], Count);
        byte[] isRight = new byte[column.Features.Length + 1];
        foreach (int code in categories)
            isRight[code] = 1;
        int[] leftRows = left.Rows, rightRows = right.Rows;
        float[] leftMembership = left.Membership, rightMembership = right.Membership;
        ushort[] codes = column.Codes;
        int r = 0;
        for (int a = 0; a < Count; a++)
        {
            int row = Rows[a], to = isRight[codes[row]];
            leftRows[a - r] = rightRows[r] = row;
            leftMembership[a - r] = rightMembership[r] = Membership[a];
            r += to;
            if (a == Trained - 1)
                (left.Trained, right.Trained) = (Trained - r, r);
        }

        (left.Count, right.Count) = (Count - r, r);
        return (left, right);
    }

    /// <summary>Gives the arrays back.</summary>
    public void Release()
    {
        ArrayPool<int>.Shared.Return(Rows);
        ArrayPool<float>.Shared.Return(Membership);
    }
}
