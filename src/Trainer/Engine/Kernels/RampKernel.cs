namespace MlNetShallowNet.Engine;

/// <summary>
/// The first layer's share of the equations where it reads features through knots. A row's X has two numbers a feature, 1 - t at the knot
/// to its left and t at the one to its right, so Z1 and dW1 cost two multiply-adds a feature and unit however many knots there are.
/// </summary>
internal abstract class RampKernel(ParameterLayout layout, Ramps ramps, int tableColumns)
{
    protected ParameterLayout Layout { get; } = layout;

    protected Ramps Ramps { get; } = ramps;

    /// <summary>Where groups of features begin whose columns of one panel stay in the first-level cache while rows pass by.</summary>
    protected int[] Groups { get; } = Grouped(ramps, layout.PanelWidth);

    private PanelColumns?[] _few = []; // for each panel what it reads, where that is little; none where no panel does

    // Half of the first-level cache; the rest is for Z1. Without groups a step on 28 features of 17 knots takes half as long again.
    private const int GroupNumbers = 6 * 1024;

    private static int[] Grouped(Ramps ramps, int width)
    {
        var bounds = new List<int> { 0 };
        for (int f = 1; f < ramps.Count; f++)
        {
            if ((ramps.FirstColumns[f + 1] - ramps.FirstColumns[bounds[^1]]) * width > GroupNumbers)
                bounds.Add(f);
        }
        return [.. bounds, ramps.Count];
    }

    /// <summary>The kernel for a layout's vectors.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="ramps">The features.</param>
    /// <param name="tableColumns">Columns of a table, if others come behind the features'.</param>
    public static RampKernel Create(ParameterLayout layout, Ramps ramps, int? tableColumns = null) => Create(layout, ramps, tableColumns ?? ramps.ColumnCount);

    private static RampKernel Create(ParameterLayout layout, Ramps ramps, int tableColumns) => layout.LaneCount switch
    {
        16 => new RampKernel<Lanes512, Vector512<float>>(layout, ramps, tableColumns),
        8 => new RampKernel<Lanes256, Vector256<float>>(layout, ramps, tableColumns),
        4 => new RampKernel<Lanes128, Vector128<float>>(layout, ramps, tableColumns),
        _ => new RampKernel<Lanes1, float>(layout, ramps, tableColumns),
    };

    /// <summary>The tables of panels that read little.</summary>
    protected AlignedFloats Compact { get; private set; } = new(0);

    /// <summary>Finds the panels that read little of a table which will not change any more.</summary>
    public void Compress(AlignedFloats table)
    {
        var compact = new List<float>();
        _few = [.. Enumerable.Range(0, Layout.PanelCount).Select(panel => PanelColumns.Of(
            table.AsSpan(Panel(panel), Ramps.ColumnCount * Layout.WidthOf(panel)), Ramps, Layout.WidthOf(panel), compact))];
        if (Array.TrueForAll(_few, few => few is null))
            _few = [];
        Compact = new AlignedFloats(compact.Count);
        compact.CopyTo(Compact.Span);
    }

    /// <summary>Whether some panel leaves out columns: then a feature that is NaN need not make all of Z1 so.</summary>
    public bool LeavesOut => _few.Length > 0;

    /// <summary>What a panel reads, where that is little.</summary>
    protected PanelColumns? Few(int panel) => LeavesOut ? _few[panel] : null;

    /// <summary>Where a panel's columns begin in a table.</summary>
    public int Panel(int panel) => panel * Layout.PanelWidth * tableColumns;

    /// <summary>Z1 = b1 + X V for some rows, or Z1 + X V.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="columns">For each row and feature the column of the knot to the left of its value; F numbers a row.</param>
    /// <param name="fractions">How far the value is from there to the next knot.</param>
    /// <param name="table">V.</param>
    /// <param name="b1">b1, Hp numbers; empty to add to the Z1 that is there.</param>
    /// <param name="z1">Where Z1 goes.</param>
    public abstract void Multiply(
        int rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, AlignedFloats table, ReadOnlySpan<float> b1, in PanelRows z1);

    /// <summary>Z1 += X V for one row by its columns that are not 0.</summary>
    public abstract void MultiplyRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, AlignedFloats table, in PanelRows z1);

    /// <summary>dV = Xᵀ dZ1 for some rows, all features and panels.</summary>
    /// <param name="order">The rows, by column.</param>
    /// <param name="dZ1">Their dZ1.</param>
    /// <param name="gradient">dV.</param>
    public abstract void Gradient(KnotOrder order, in PanelRows dZ1, AlignedFloats gradient);

    /// <summary>V of some features from θ, one panel.</summary>
    public abstract void Build(int first, int end, int width, ReadOnlySpan<float> parameters, Span<float> table);

    /// <summary>dθ of some features from dV, one panel.</summary>
    public abstract void Gather(int first, int end, int width, ReadOnlySpan<float> tableGradient, Span<float> gradient);
}
