namespace MlNetShallowNet.Engine;

/// <summary>
/// The hidden layer's share of the equations, on blocks of rows. Z1, A1 and dZ1 live in turn in one array of panels: a panel holds, for
/// every row that the array has room for, the few hidden units of a panel of <see cref="ParameterLayout"/>.
/// </summary>
internal abstract class HiddenLayer
{
    /// <summary>The layer for this layout and activation, compiled for the layout's vectors.</summary>
    /// <param name="layout">The shapes.</param>
    /// <param name="parameters">The network's parameters, kept by reference.</param>
    /// <param name="activation">g.</param>
    /// <param name="widestLanes">Numbers in the widest vector to be used.</param>
    public static HiddenLayer Create(ParameterLayout layout, AlignedFloats parameters, IActivation activation, int widestLanes) =>
        VectorActivation.Make(activation, new Maker(layout, parameters, widestLanes));

    private sealed class Maker(ParameterLayout layout, AlignedFloats parameters, int widestLanes) : VectorActivation.IMaker<HiddenLayer>
    {
        public HiddenLayer Make<G>(G g) where G : struct, IVectorActivation => layout.LaneCount switch
        {
            16 => new HiddenLayer<Lanes512, Vector512<float>, G>(layout, parameters, g, widestLanes),
            8 => new HiddenLayer<Lanes256, Vector256<float>, G>(layout, parameters, g, widestLanes),
            4 => new HiddenLayer<Lanes128, Vector128<float>, G>(layout, parameters, g, widestLanes),
            _ => new HiddenLayer<Lanes1, float, G>(layout, parameters, g, widestLanes),
        };
    }

    /// <summary>Whether g' follows from A1; otherwise <see cref="Activate"/> must be given room for it.</summary>
    public abstract bool DerivativeFromValue { get; }

    /// <summary>Z1 = X W1ᵀ + b1 for dense rows.</summary>
    /// <param name="x">The first of the rows' numbers.</param>
    /// <param name="stride">Distance between rows.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="a1">Where Z1 goes.</param>
    public abstract void Multiply(ref float x, int stride, int rows, in PanelRows a1);

    /// <summary>Z1 += X W1ᵀ for sparse rows, in proportion to their non-zeros.</summary>
    /// <param name="x">The chunk.</param>
    /// <param name="from">The block's first row in the chunk.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="a1">Where Z1 goes.</param>
    /// <param name="start">What the products are added to.</param>
    /// <param name="split">The features from here on are a part of their own: their products are added up by themselves first.</param>
    public abstract void Multiply(SparseChunk x, int from, int rows, in PanelRows a1, SumStart start, int split = int.MaxValue);

    /// <summary>Adds the products with one part of the features to those with another.</summary>
    public abstract void Add(int rows, in PanelRows sum, in PanelRows addend);

    /// <summary>A1 = g(Z1) in place; with room given, g'(Z1) as well.</summary>
    public abstract void Activate(int rows, in PanelRows a1, in PanelRows derivative);

    /// <summary>Z2 = A1 W2ᵀ, without b2.</summary>
    public abstract void Output(int rows, in PanelRows a1, Span<float> z2);

    /// <summary>dZ1 = dZ2 W2 * g'(Z1) in place of A1; the block's sums of dZ2 A1 and of dZ1 are its shares of dW2 and db1.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="a1">A1, and then dZ1.</param>
    /// <param name="derivative">g'(Z1) where it was kept.</param>
    /// <param name="dZ2">dZ2.</param>
    /// <param name="dW2">The block's share of dW2, Hp numbers.</param>
    /// <param name="db1">The block's share of db1, Hp numbers.</param>
    public abstract void Backward(
        int rows, in PanelRows a1, in PanelRows derivative, ReadOnlySpan<float> dZ2, Span<float> dW2, Span<float> db1);

    /// <summary>dW1 = dZ1ᵀ X for some features of one panel.</summary>
    /// <param name="panel">Which hidden units.</param>
    /// <param name="x">The first of these features in the first row.</param>
    /// <param name="stride">Distance between rows.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="dZ1">dZ1.</param>
    /// <param name="features">How many features.</param>
    /// <param name="gradient">The features' rows of the panel of dW1.</param>
    /// <param name="add">Whether to add to what is there.</param>
    public abstract void WeightGradient(
        int panel, ref float x, int stride, int rows, in PanelRows dZ1, int features, ref float gradient, bool add);

    /// <summary>Adds one group's dW1, of some features of one panel, to a sum.</summary>
    public abstract void Add(Span<float> sum, ReadOnlySpan<float> addend);

    /// <summary>dW1 += dZ1ᵀ X for sparse rows, in proportion to their non-zeros.</summary>
    /// <param name="x">The chunk.</param>
    /// <param name="from">The first row in the chunk.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="dZ1">dZ1.</param>
    /// <param name="gradient">dW1's panels, of these columns only.</param>
    public abstract void AddGradient(SparseChunk x, int from, int rows, in PanelRows dZ1, AlignedFloats gradient);

    /// <summary>dW1 = dZ1ᵀ X for some of the features that occur in sparse rows, and one panel.</summary>
    /// <param name="panel">Which hidden units.</param>
    /// <param name="columns">X by columns.</param>
    /// <param name="from">The first of the features, as a place among those that occur.</param>
    /// <param name="count">How many features.</param>
    /// <param name="dZ1">dZ1.</param>
    /// <param name="gradient">The features' rows of the panel of dW1, one after another.</param>
    public abstract void WeightGradient(
        int panel, BatchColumns columns, int from, int count, in PanelRows dZ1, Span<float> gradient);
}
