namespace MlNetShallowNet.Engine;

/// <summary>A block of rows of an array of panels: panel after panel, each with <paramref name="capacity"/> rows, and here those from
/// <paramref name="from"/> on.</summary>
internal readonly ref struct PanelRows(AlignedFloats panels, int capacity, int from)
{
    public bool IsEmpty => panels is null;

    /// <summary>The rows from one of these on.</summary>
    public PanelRows From(int row) => new(panels, capacity, from + row);

    /// <summary>The first number of the block in a panel.</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="panelWidth">Lanes of all panels before it.</param>
    /// <param name="width">Lanes of this panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Panel(int panel, int panelWidth, int width) =>
        ref Unsafe.Add(ref panels.First, (nint)panel * panelWidth * capacity + (nint)from * width);
}
