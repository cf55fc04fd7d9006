using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// Folds members of other kinds into an encoded network: one network over the union of all knots, whose score is the weighted sum of theirs.
/// A piecewise-linear function keeps its values where knots are added between its own; a line is the two units z and -z, for
/// g(z) - g(-z) = z; a leaf is one unit over the ramps on its path (docs/trees-as-hidden-units.md).
/// </summary>
internal sealed class NetworkUnion
{
    /// <summary>How steep the units of leaves are beside GELU and SiLU, which are ReLU where their argument is large: g(256 z) / 256 is at most
    /// 0.0011 away from max(0, z), which is a leaf's membership.</summary>
    public const double Steep = 256;

    private readonly NetworkParameters _network;
    private readonly InputEncoding _encoding, _union;
    private readonly double[] _w1, _b1, _w2; // W1 column by column: the units of a column are neighbours
    private readonly int _units;
    private int _added;
    private double _b2;

    private NetworkUnion(NetworkParameters network, InputEncoding encoding, TreeMember? trees, LinearMember? line, TrainingRows rows, bool keepsNetwork)
    {
        (_network, _encoding) = (network, encoding);
        var added = new SortedSet<float>?[encoding.FeatureCount];
        bool[] isRead = [.. Enumerable.Range(0, encoding.FeatureCount).Select(d => line is not null && line.Weights[d] != 0)]; // by others than the network
        foreach (Turn turn in trees?.Leaves.SelectMany(leaf => leaf.Path) ?? [])
        {
            isRead[turn.Ramp.Feature] = true;
            if (IsAffine(turn.Ramp))
                continue;
            SortedSet<float> knots = added[turn.Ramp.Feature] ??= [];
            knots.Add(turn.Ramp.From);
            knots.Add(turn.Ramp.To);
        }
        // A feature that has a single column, or none, and that a tree splits gets knots at its ends: network and line go on beyond the ramp.
        (float Least, float Greatest)[] ends = Enumerable.Range(0, encoding.FeatureCount).Any(d => added[d] is not null && encoding.Knots(d).Length <= 1)
            ? Ends(encoding, rows) : [];
        // Of thousands of features a logistic regression and trees may read a few; but a network has one column at least.
        bool leavesOut = !keepsNetwork && isRead.Contains(true);
        var all = new float[encoding.FeatureCount][];
        for (int d = 0; d < all.Length; d++)
        {
            float[] own = leavesOut && !isRead[d] ? [] : encoding.Knots(d).ToArray();
            if (!keepsNetwork && own.Length > 2)
                own = [own[0], own[^1]]; // a line has no bend between
            if (own.Length == 1 && added[d] is null)
                all[d] = own; // a single column stays one
            else if (own.Length == 0 && added[d] is null)
                all[d] = line is not null && line.Weights[d] != 0 ? [0f] : own;
            else
            {
                SortedSet<float> knots = added[d] ?? [];
                knots.UnionWith(encoding.Knots(d).Length <= 1 ? [ends[d].Least, ends[d].Greatest] : own);
                all[d] = KnotSpacing.Apart(knots);
            }
        }
        _union = new InputEncoding(encoding.Lower, encoding.Upper, all, keepsNetwork ? encoding.Crosses : []);
        _units = (keepsNetwork ? network.HiddenUnits : 0) + (line is null ? 0 : 2) + (trees?.Leaves.Count(l => l.Path.Count > 0) ?? 0);
        (_w1, _b1, _w2) = (new double[checked((long)_units * _union.ColumnCount)], new double[_units], new double[_units]);
    }

    // A feature of two values that is a single column stays one: the ramp between them is a line.
    private bool IsAffine(Ramp ramp) => ramp.IsLine && _encoding.Knots(ramp.Feature).Length == 1;

    // The least and the greatest value of each feature: its bounds where it has them, else those of the rows.
    private static (float Least, float Greatest)[] Ends(InputEncoding encoding, TrainingRows rows)
    {
        bool[] isOpen = [.. Enumerable.Range(0, encoding.FeatureCount).Select(d => !float.IsFinite(encoding.Lower[d]) || !float.IsFinite(encoding.Upper[d]))];
        (float Least, float Greatest)[] ends = [.. isOpen.Select((open, d) => open ? (0, 0) : (encoding.Lower[d], encoding.Upper[d]))];
        for (int i = 0; i < rows.Count && rows is SparseRows sparse && isOpen.Contains(true); i++)
        {
            (int start, int count) = sparse.Row(i);
            for (int k = start; k < start + count; k++)
            {
                int d = sparse.Indices[k];
                if (isOpen[d])
                    ends[d] = (MathF.Min(ends[d].Least, sparse.Values[k]), MathF.Max(ends[d].Greatest, sparse.Values[k]));
            }
        }
        return ends;
    }

    /// <summary>The joined network and its encoding.</summary>
    /// <param name="network">A network on the columns of <paramref name="encoding"/>.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="share">What its score counts.</param>
    /// <param name="line">The logistic regression; null for none.</param>
    /// <param name="lineShare">What its score counts.</param>
    /// <param name="trees">The trees; null for none.</param>
    /// <param name="treeShare">What their score counts.</param>
    /// <param name="rows">The rows that all of them were trained on.</param>
    public static (NetworkParameters Network, InputEncoding Encoding) Join(
        NetworkParameters network, InputEncoding encoding, double share, LinearMember? line, double lineShare, TreeMember? trees, double treeShare, TrainingRows rows)
    {
        var union = new NetworkUnion(network, encoding, trees, line, rows, keepsNetwork: share != 0);
        if (share != 0)
            union.AddNetwork(share);
        if (line is not null)
            union.AddLine(line, lineShare);
        if (trees is not null)
            union.AddTrees(trees, treeShare);
        return (NetworkParameters.Of(union._w1, union._b1, union._w2, union._b2, network.Activation), union._union);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNetwork(double share)
    {
        int H = _network.HiddenUnits;
        ReadOnlySpan<double> w1 = _network.W1ByFeature;
        double[] bias = _network.B1.ToArray();
        for (int d = 0; d < _union.FeatureCount; d++)
        {
            ReadOnlySpan<float> own = _encoding.Knots(d), knots = _union.Knots(d);
            int at = _encoding.FirstColumn(d) * H;
            for (int h = 0; own.Length == 1 && h < H; h++)
                bias[h] += SetAffine(_added + h, d, w1[at + h], own[0]);
            for (int k = 0; own.Length > 1 && k < knots.Length; k++)
            {
                double t = _encoding.Locate(d, knots[k], out int interval);
                int left = at + interval * H;
                Span<double> column = _w1.AsSpan((_union.FirstColumn(d) + k) * _units + _added, H);
                for (int h = 0; h < H; h++)
                    column[h] = (1 - t) * w1[left + h] + t * w1[left + H + h];
            }
        }
        for (int t = _union.FirstCrossColumn; t < _union.ColumnCount; t++)
        {
            (int first, int second) = _union.FactorsOf(t);
            int cross = _union.CrossColumns.CrossOf(t);
            Span<double> column = _w1.AsSpan(t * _units + _added, H);
            foreach ((int i, double ofFirst) in OwnColumns(first))
            {
                foreach ((int j, double ofSecond) in OwnColumns(second))
                {
                    int own = _encoding.CrossColumns.ProductOf(cross, i, j);
                    for (int h = 0; h < H; h++)
                        column[h] += ofFirst * ofSecond * w1[own * H + h];
                }
            }
        }
        for (int h = 0; h < H; h++)
            Add(bias[h], share * _network.W2[0, h]);
        _b2 += share * _network.B2;
    }

    // The network's own columns of which a column of the union is a part: 1 at the column's knot, these are as large there.
    private IEnumerable<(int Column, double Value)> OwnColumns(int column)
    {
        int d = _union.FeaturesOf(column).First;
        if (_encoding.Knots(d).Length == 1 && _union.Knots(d).Length == 1)
            return [(_encoding.FirstColumn(d), 1)];
        return _encoding.Encode(d, _union.Knots(d)[column - _union.FirstColumn(d)], out int own, out float first, out float second) switch
        {
            0 => [],
            1 => [(own, first)],
            _ => [(own, first), (own + 1, second)],
        };
    }

    // The units z and -z.
    private void AddLine(LinearMember line, double share)
    {
        foreach (int sign in (int[])[1, -1])
        {
            double bias = line.Intercept;
            for (int d = 0; d < _union.FeatureCount; d++)
            {
                int knots = _union.Knots(d).Length;
                if (line.Weights[d] == 0 || knots == 0)
                    continue;
                // What lies far from 0 is taken off before it is rounded to single precision.
                float reference = _union.Knots(d)[0];
                bias += sign * SetAffine(_added, d, sign * line.Weights[d], reference) + line.Weights[d] * reference;
            }
            Add(sign * bias, sign * share);
        }
    }

    /// <summary>How many units of a network stand for leaves of trees by being steeper than others.</summary>
    public static int SteepUnits(NetworkParameters network) =>
        network.Activation == Activation.ReLU ? 0 : network.W1.EnumerateRows().Count(weights => weights.AbsoluteMaximum() > Steep / 2);

    private void AddTrees(TreeMember trees, double share)
    {
        _b2 += share * trees.LogOdds;
        double steepness = _network.Activation == Activation.ReLU ? 1 : Steep;
        // Trees that begin with the same feature side by side: scoring passes over what neighbouring units do not read.
        foreach (SoftLeaf leaf in trees.Leaves.OrderBy(l => l.Path.Count > 0 ? l.Path[0].Ramp.Feature : -1))
        {
            if (leaf.Path.Count == 0)
            {
                _b2 += share * leaf.Value;
                continue;
            }
            double bias = steepness * (1 - leaf.Path.Count(turn => !turn.Or));
            foreach (Turn turn in leaf.Path)
            {
                double sign = turn.Right ? steepness : -steepness;
                bias += turn.Right || turn.Or ? 0 : steepness;
                if (IsAffine(turn.Ramp))
                    bias += SetAffine(_added, turn.Ramp.Feature, sign / ((double)turn.Ramp.To - turn.Ramp.From), turn.Ramp.From);
                else
                    SetKnots(_added, turn.Ramp.Feature, x => sign * turn.Ramp.At(x));
            }
            Add(bias, share * leaf.Value / steepness);
        }
    }

    // Adds a function's values at the knots of a feature to a unit's weights.
    private void SetKnots(int unit, int feature, Func<float, double> value)
    {
        ReadOnlySpan<float> knots = _union.Knots(feature);
        for (int k = 0; k < knots.Length; k++)
            _w1[(_union.FirstColumn(feature) + k) * _units + unit] += value(knots[k]);
    }

    // weight (x - reference), on a single column or on knots; returns what the bias has to make up for.
    private double SetAffine(int unit, int feature, double weight, float reference)
    {
        ReadOnlySpan<float> knots = _union.Knots(feature);
        if (knots.Length != 1)
        {
            SetKnots(unit, feature, x => weight * ((double)x - reference));
            return 0;
        }
        _w1[_union.FirstColumn(feature) * _units + unit] += weight;
        return weight * ((double)knots[0] - reference);
    }

    // The next unit, whose row of W1 is set already.
    private void Add(double b1, double w2)
    {
        _b1[_added] = b1;
        _w2[_added++] = w2;
    }
}
