using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// Folds members of other kinds into an encoded network: one network over the union of all knots, whose score is the weighted sum of theirs.
/// A piecewise-linear function keeps its values where knots are added between its own; a line is the two units z and -z, for
/// relu(z) - relu(-z) = z; a leaf is one unit over the ramps on its path (docs/trees-as-hidden-units.md).
/// </summary>
internal sealed class NetworkUnion
{
    private readonly NetworkParameters _network;
    private readonly InputEncoding _encoding, _union;
    private readonly List<double[]> _w1 = [];
    private readonly List<double> _b1 = [], _w2 = [];
    private double _b2;

    private NetworkUnion(NetworkParameters network, InputEncoding encoding, TreeMember? trees, LinearMember? line)
    {
        (_network, _encoding) = (network, encoding);
        var added = new SortedSet<float>?[encoding.FeatureCount];
        foreach (Turn turn in trees?.Leaves.SelectMany(leaf => leaf.Path) ?? [])
        {
            SortedSet<float> knots = added[turn.Ramp.Feature] ??= [];
            knots.Add(turn.Ramp.From);
            knots.Add(turn.Ramp.To);
        }
        var all = new float[encoding.FeatureCount][];
        for (int d = 0; d < all.Length; d++)
        {
            float[] own = encoding.Knots(d).ToArray();
            if (own.Length == 1 && added[d] is null)
                all[d] = own; // a single column stays one
            else if (own.Length == 0 && added[d] is null)
                all[d] = line is not null && line.Weights[d] != 0 ? [0f] : own;
            else
                all[d] = [.. (added[d] ?? []).Union(own.Length == 1 ? Ends(d) : own).Order()];
        }
        _union = new InputEncoding(encoding.Lower, encoding.Upper, all);
    }

    // A single column that a tree splits becomes a feature with knots at its bounds.
    private float[] Ends(int feature) => [.. new[] { _encoding.Lower[feature], _encoding.Upper[feature] }.Where(float.IsFinite).Distinct()];

    /// <summary>The joined network and its encoding.</summary>
    /// <param name="network">A network on the columns of <paramref name="encoding"/>.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="share">What its score counts.</param>
    /// <param name="line">The logistic regression; null for none.</param>
    /// <param name="lineShare">What its score counts.</param>
    /// <param name="trees">The trees; null for none.</param>
    /// <param name="treeShare">What their score counts.</param>
    public static (NetworkParameters Network, InputEncoding Encoding) Join(
        NetworkParameters network, InputEncoding encoding, double share, LinearMember? line, double lineShare, TreeMember? trees, double treeShare)
    {
        var union = new NetworkUnion(network, encoding, trees, line);
        union.AddNetwork(share);
        if (line is not null)
            union.AddLine(line, lineShare);
        if (trees is not null)
            union.AddTrees(trees, treeShare);
        return (new NetworkParameters(
            Matrix<double>.Build.DenseOfRowArrays(union._w1), Vector<double>.Build.DenseOfEnumerable(union._b1),
            Matrix<double>.Build.DenseOfRowArrays([[.. union._w2]]), union._b2, network.Activation), union._union);
    }

    private void AddNetwork(double share)
    {
        int H = _network.HiddenUnits;
        ReadOnlySpan<double> w1 = _network.W1ByFeature;
        double[][] units = [.. Enumerable.Range(0, share == 0 ? 0 : H).Select(_ => new double[_union.ColumnCount])];
        double[] bias = _network.B1.ToArray();
        for (int d = 0; d < _union.FeatureCount; d++)
        {
            ReadOnlySpan<float> own = _encoding.Knots(d), knots = _union.Knots(d);
            int at = _encoding.FirstColumn(d) * H;
            for (int h = 0; own.Length == 1 && h < units.Length; h++)
                bias[h] += SetAffine(units[h], d, w1[at + h], own[0]);
            for (int k = 0; own.Length > 1 && k < knots.Length; k++)
            {
                double t = _encoding.Locate(d, knots[k], out int interval);
                int left = at + interval * H, column = _union.FirstColumn(d) + k;
                for (int h = 0; h < units.Length; h++)
                    units[h][column] = (1 - t) * w1[left + h] + t * w1[left + H + h];
            }
        }
        for (int h = 0; h < units.Length; h++)
            Add(units[h], bias[h], share * _network.W2[0, h]);
        _b2 += share * _network.B2;
    }

    private void AddLine(LinearMember line, double share)
    {
        double[] w = new double[_union.ColumnCount];
        double bias = line.Intercept;
        for (int d = 0; d < _union.FeatureCount; d++)
        {
            int knots = _union.Knots(d).Length;
            if (line.Weights[d] == 0 || knots == 0)
                continue;
            // What lies far from 0 is taken off before it is rounded to single precision.
            float reference = _union.Knots(d)[0];
            bias += SetAffine(w, d, line.Weights[d], reference) + line.Weights[d] * reference;
        }
        Add(w, bias, share);
        Add([.. w.Select(x => -x)], -bias, -share);
    }

    private void AddTrees(TreeMember trees, double share)
    {
        _b2 += share * trees.LogOdds;
        foreach (SoftLeaf leaf in trees.Leaves)
        {
            if (leaf.Path.Count == 0)
            {
                _b2 += share * leaf.Value;
                continue;
            }
            double[] w = new double[_union.ColumnCount];
            double bias = 1 - leaf.Path.Count;
            foreach (Turn turn in leaf.Path)
            {
                double sign = turn.Right ? 1 : -1;
                bias += turn.Right ? 0 : 1;
                SetKnots(w, turn.Ramp.Feature, _union.FirstColumn(turn.Ramp.Feature), x => sign * turn.Ramp.At(x));
            }
            Add(w, bias, share * leaf.Value);
        }
    }

    // A function's values at the knots of a feature.
    private void SetKnots(double[] w, int feature, int at, Func<float, double> value)
    {
        ReadOnlySpan<float> knots = _union.Knots(feature);
        for (int k = 0; k < knots.Length; k++)
            w[at + k] += value(knots[k]);
    }

    // weight (x - reference), on a single column or on knots; returns what the bias has to make up for.
    private double SetAffine(double[] w, int feature, double weight, float reference)
    {
        ReadOnlySpan<float> knots = _union.Knots(feature);
        if (knots.Length == 1)
        {
            w[_union.FirstColumn(feature)] += weight;
            return weight * ((double)knots[0] - reference);
        }
        for (int k = 0; k < knots.Length; k++)
            w[_union.FirstColumn(feature) + k] += weight * ((double)knots[k] - reference);
        return 0;
    }

    private void Add(double[] w1, double b1, double w2)
    {
        if (w2 == 0)
            return;
        _w1.Add(w1);
        _b1.Add(b1);
        _w2.Add(w2);
    }
}
