namespace MlNetShallowNet.Training;

/// <summary>
/// How sharp a split is. The soft ramp goes from the left knot to the right one. The sharp one goes from the greatest value nearer to the
/// left knot to the least value nearer to the right one, so that of the rows sampled none is on it. The one that lowers the loss by more is
/// taken, where the sides get the values that they would have as leaves.
/// </summary>
internal static class RampChoice
{
    /// <param name="columns">The columns.</param>
    /// <param name="node">The node that is split.</param>
    /// <param name="split">The split.</param>
    /// <param name="gradient">The gradient of every row's loss by its score.</param>
    /// <param name="hessian">The second derivative.</param>
    /// <param name="l2">The penalty on values.</param>
    public static Ramp Choose(TreeColumns columns, TreeNode node, Split split, float[] gradient, float[] hessian, double l2)
    {
        int d = split.Feature, D = columns.Rows.FeatureCount, knot = split.Knot;
        float[] knots = columns.Knots(d), values = columns.Rows.Values;
        byte[] bins = columns.Bins(d);
        var soft = new Ramp(d, knots[knot], knots[knot + 1]);
        float from = float.NegativeInfinity, to = float.PositiveInfinity;
        for (int a = 0; a < node.Sampled; a++)
        {
            int row = node.Rows[a];
            if ((uint)(bins[row] - knot) > 1)
                continue;
            float value = values[(long)row * D + d];
            if (bins[row] == knot)
                from = MathF.Max(from, value);
            else
                to = MathF.Min(to, value);
        }

        if (!float.IsFinite(from) || !float.IsFinite(to) || (from == soft.From && to == soft.To) || !float.IsFinite(1 / (to - from)))
            return soft;

        var sharp = new Ramp(d, from, to);
        Sides softly = default, sharply = default;
        for (int a = 0; a < node.Sampled; a++)
        {
            int row = node.Rows[a];
            double membership = node.Membership[a], g = gradient[row], h = hessian[row];
            int past = bins[row] - knot;
            double share = past > 0 ? 1 : 0;
            sharply.Add(membership, share, g, h);
            softly.Add(membership, past is 0 or 1 ? soft.At(values[(long)row * D + d]) : share, g, h);
        }

        return sharply.Gain(l2) > softly.Gain(l2) ? sharp : soft;
    }

    private struct Sides
    {
        private double _gl, _gr, _hl, _hr, _both;

        public void Add(double membership, double share, double g, double h)
        {
            double left = Math.Max(0, membership - share), right = Math.Max(0, membership + share - 1);
            _gl += g * left;
            _gr += g * right;
            _hl += h * left * left;
            _hr += h * right * right;
            _both += h * left * right;
        }

        public readonly double Gain(double l2)
        {
            double left = _gl / (_hl + l2), right = _gr / (_hr + l2);
            return _gl * left + _gr * right - 2 * _both * left * right;
        }
    }
}
