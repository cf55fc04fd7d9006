namespace MlNetShallowNet.Engine;

/// <summary>The arrays of sparse rows, laid out as in <see cref="SparseRows"/>.</summary>
internal readonly struct SparseView(int[] rowStarts, int[] indices, float[] values)
{
    public int[] RowStarts { get; } = rowStarts;

    public int[] Indices { get; } = indices;

    public float[] Values { get; } = values;
}
