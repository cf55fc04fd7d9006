using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Where the engine keeps the parameters in one flat block. W1 is cut into panels of a few hidden units (as many as fit in two vector
/// registers); a panel holds W1ᵀ, D rows of one lane per hidden unit, so that a kernel walks straight through it. b1, W2 and b2 follow.
/// H is padded to whole vectors (Hp lanes); the parameters of the added lanes are zero and stay zero.
/// </summary>
internal sealed class ParameterLayout
{
    public ParameterLayout(int featureCount, int hiddenUnits, int laneCount)
    {
        FeatureCount = featureCount;
        HiddenUnits = hiddenUnits;
        LaneCount = laneCount;
        PaddedUnits = (hiddenUnits + laneCount - 1) / laneCount * laneCount;
        PanelWidth = Math.Min(2 * laneCount, PaddedUnits);
        PanelCount = (PaddedUnits + PanelWidth - 1) / PanelWidth;
        B1 = checked(PaddedUnits * featureCount);
        W2 = B1 + PaddedUnits;
        B2 = W2 + PaddedUnits;
        Count = B2 + 1;
    }

    /// <summary>D.</summary>
    public int FeatureCount { get; }

    /// <summary>H.</summary>
    public int HiddenUnits { get; }

    /// <summary>Numbers in a vector register.</summary>
    public int LaneCount { get; }

    /// <summary>Hp: H rounded up to whole vectors.</summary>
    public int PaddedUnits { get; }

    /// <summary>Lanes in a panel; the last panel may be half as wide, see <see cref="WidthOf"/>.</summary>
    public int PanelWidth { get; }

    public int PanelCount { get; }

    /// <summary>Offset of b1 (Hp numbers). W1 is before it, at 0.</summary>
    public int B1 { get; }

    /// <summary>Offset of W2 (Hp numbers).</summary>
    public int W2 { get; }

    /// <summary>Offset of b2 (one number).</summary>
    public int B2 { get; }

    /// <summary>Numbers in the block.</summary>
    public int Count { get; }

    /// <summary>Lanes in this panel.</summary>
    public int WidthOf(int panel) => Math.Min(PanelWidth, PaddedUnits - panel * PanelWidth);

    /// <summary>Offset of a panel of W1ᵀ: D rows of <see cref="WidthOf"/> lanes.</summary>
    public int Panel(int panel) => panel * PanelWidth * FeatureCount;

    /// <summary>Offset of W1[h, d].</summary>
    public int W1(int h, int d)
    {
        int panel = h / PanelWidth;
        return Panel(panel) + d * WidthOf(panel) + (h - panel * PanelWidth);
    }

    /// <summary>Some neighbouring columns of one panel, from one on, at most so many.</summary>
    public ColumnBlock Columns(int panel, int from, int most)
    {
        int width = WidthOf(panel), count = Math.Min(most, FeatureCount - from);
        return new ColumnBlock(panel, from, count, Panel(panel) + from * width, count * width);
    }

    /// <summary>Whether the parameter at an offset is a weight, which penalties act on; biases are free.</summary>
    public bool IsWeight(int offset) => offset < B1 || (offset >= W2 && offset < B2);

    /// <summary>Parameters in course order (W1 row by row, b1, W2, b2) into the flat block, in single precision.</summary>
    public void Pack(ReadOnlySpan<double> network, Span<float> flat)
    {
        int D = FeatureCount, H = HiddenUnits;
        if (network.Length != H * D + 2 * H + 1)
            throw new ArgumentException($"A network of {H} x {D} has {H * D + 2 * H + 1} parameters; found {network.Length}.");
        flat[..Count].Clear();
        for (int h = 0; h < H; h++)
        {
            for (int d = 0; d < D; d++)
                flat[W1(h, d)] = (float)network[h * D + d];
            flat[B1 + h] = (float)network[H * D + h];
            flat[W2 + h] = (float)network[H * D + H + h];
        }
        flat[B2] = (float)network[^1];
    }

    /// <summary>A network into the flat block, in single precision.</summary>
    public void Pack(NetworkParameters network, Span<float> flat)
    {
        Check(network.W1.RowCount * (long)network.W1.ColumnCount, network.B1.Count, network.W2.ColumnCount, flat.Length);
        flat[..Count].Clear();
        ReadOnlySpan<double> w1 = network.W1ByFeature;
        for (int panel = 0; panel < PanelCount; panel++)
        {
            for (int d = 0; d < FeatureCount; d++)
                PackUnits(w1.Slice(d * HiddenUnits, HiddenUnits), panel, flat[(Panel(panel) + d * WidthOf(panel))..]);
        }
        PackOutput(network, flat);
    }

    /// <summary>The weights of a panel's units for one feature, of all H.</summary>
    public void PackUnits(ReadOnlySpan<double> weights, int panel, Span<float> target)
    {
        int first = panel * PanelWidth, count = Math.Min(WidthOf(panel), HiddenUnits - first);
        for (int i = 0; i < count; i++)
            target[i] = (float)weights[first + i];
    }

    /// <summary>b1, W2 and b2 of a network into the flat block.</summary>
    public void PackOutput(NetworkParameters network, Span<float> flat)
    {
        for (int h = 0; h < HiddenUnits; h++)
            (flat[B1 + h], flat[W2 + h]) = ((float)network.B1[h], (float)network.W2[0, h]);
        flat[B2] = (float)network.B2;
    }

    /// <summary>The flat block as a network.</summary>
    public NetworkParameters ToNetwork(ReadOnlySpan<float> flat, IActivation activation)
    {
        double[] w1 = new double[HiddenUnits * FeatureCount], b1 = new double[HiddenUnits], w2 = new double[HiddenUnits];
        for (int h = 0; h < HiddenUnits; h++)
        {
            for (int d = 0; d < FeatureCount; d++)
                w1[d * HiddenUnits + h] = flat[W1(h, d)];
            (b1[h], w2[h]) = (flat[B1 + h], flat[W2 + h]);
        }
        return NetworkParameters.Of(w1, b1, w2, flat[B2], activation);
    }

    private void Check(long w1, int b1, int w2, int flat)
    {
        if (w1 != (long)HiddenUnits * FeatureCount || b1 != HiddenUnits || w2 != HiddenUnits || flat < Count)
        {
            throw new ArgumentException(
                $"Expected W1 of {HiddenUnits} x {FeatureCount}, b1 and W2 of {HiddenUnits} numbers and a block of {Count}; " +
                $"found {w1}, {b1}, {w2} and {flat} numbers.");
        }
    }
}

/// <summary>Some neighbouring columns of W1 in one panel.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="From">The first column.</param>
/// <param name="Count">How many columns.</param>
/// <param name="Offset">Where they begin among all parameters.</param>
/// <param name="Length">How many parameters.</param>
internal readonly record struct ColumnBlock(int Panel, int From, int Count, int Offset, int Length);
