namespace MlNetShallowNet.Engine;

/// <summary>What one thread needs for itself while it works on a block of rows.</summary>
internal sealed class WorkerScratch(int blockRows, int paddedUnits, int weightNumbers)
{
    private readonly int _paddedRows = Padded(blockRows);
    private readonly float[] _numbers = new float[3 * Padded(blockRows)];

    /// <summary>g'(Z1) of the block; empty until <see cref="MakeRoomForDerivative"/>.</summary>
    public AlignedFloats Derivative { get; private set; } = new(0);

    /// <summary>dW1 of a few features of one panel.</summary>
    public float[] WeightGradient { get; } = new float[weightNumbers];

    public void MakeRoomForDerivative()
    {
        if (Derivative.Length == 0)
            Derivative = new AlignedFloats(blockRows * paddedUnits);
    }

    /// <summary>Z2 and then dZ2 of the block, its labels and its weights, rows rounded up.</summary>
    public Span<float> Z2(int rows) => Numbers(0, rows);

    public Span<float> Y(int rows) => Numbers(1, rows);

    public Span<float> W(int rows) => Numbers(2, rows);

    private Span<float> Numbers(int which, int rows) => _numbers.AsSpan(which * _paddedRows, Padded(rows));

    private static int Padded(int rows) => (rows + OutputLayer.RowMultiple - 1) / OutputLayer.RowMultiple * OutputLayer.RowMultiple;
}
