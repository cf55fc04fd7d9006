namespace MlNetShallowNet.Engine;

/// <summary>Sparse rows with a rule that changes every parameter in every step: dW1 of each share in proportion to its non-zeros.</summary>
internal sealed class SparsePass(Workspace work, int firstColumn, int columnCount) : InputPass(work)
{
    private readonly SparseChunk _chunk = new(columnCount, 0, columnCount, firstColumn);
    private readonly ShareSum _shares = new(work, firstColumn, columnCount);

    /// <summary>The sparse part of rows that have one.</summary>
    public static SparseRows PartOf(TrainingRows rows) => rows is EncodedRows encoded ? encoded.Others : (SparseRows)rows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double MultiplyAdds(TrainingRows rows, int count) => 2 * count * PartOf(rows).MeanNonZeros;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ShareShift(int count) => ChunkShape.ShareShift(columnCount * Work.Layout.PaddedUnits, count, atLeastTwo: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(bool training)
    {
        _chunk.Read(PartOf(Work.Chunk.Rows), Work.Chunk.Selection);
        if (training)
            _shares.MakeRoom();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(int from, int rows, bool first) =>
        Work.Hidden.Multiply(_chunk, from, rows, Work.Rows(from), first ? SumStart.Bias : SumStart.Present);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddShare(int share)
    {
        Chunk chunk = Work.Chunk;
        int from = chunk.FirstRow(chunk.FirstBlock(share)), end = chunk.FirstRow(chunk.FirstBlock(share + 1));
        _shares[share].Span.Clear();
        Work.Hidden.AddGradient(_chunk, from, end - from, Work.Rows(from), _shares[share]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ApplyGradient(bool add, UpdateRule? rule, float scale) => _shares.Apply(add, rule, scale);
}
