namespace MlNetShallowNet.Network;

/// <summary>The columns of an encoding that are products of two others: cross after cross, and in it those of its first range's first column,
/// of the second one, and so on.</summary>
internal sealed class CrossColumns
{
    private const int MostCrosses = 1_000;

    private readonly FeatureCross[] _crosses;
    private readonly (int First, int FirstCount, int Second, int SecondCount)[] _columns; // the ranges' columns
    private readonly int[] _start; // of each cross

    /// <param name="crosses">Which features.</param>
    /// <param name="firstColumn">Where each feature's columns begin, and where those of the last end, behind which these columns stand.</param>
    /// <exception cref="ArgumentException">A range is not within the features, or there are too many crosses or columns.</exception>
    public CrossColumns(ReadOnlySpan<FeatureCross> crosses, int[] firstColumn)
    {
        if (crosses.Length > MostCrosses)
            throw new ArgumentException($"There are {crosses.Length} crosses; there can be {MostCrosses} at most.");
        _crosses = crosses.ToArray();
        _columns = new (int, int, int, int)[crosses.Length];
        _start = new int[crosses.Length + 1];
        _start[0] = firstColumn[^1];
        for (int c = 0; c < crosses.Length; c++)
        {
            FeatureCross cross = crosses[c];
            if (!cross.IsWithin(firstColumn.Length - 1))
            {
                throw new ArgumentException(
                    $"The {cross.FirstCount} features from {cross.First} on cannot be crossed with the {cross.SecondCount} from {cross.Second} on: " +
                    $"both must be among the {firstColumn.Length - 1} features, and the first before the second.");
            }
            int first = firstColumn[cross.First], second = firstColumn[cross.Second];
            _columns[c] = (first, firstColumn[cross.First + cross.FirstCount] - first, second, firstColumn[cross.Second + cross.SecondCount] - second);
            long end = _start[c] + (long)_columns[c].FirstCount * _columns[c].SecondCount;
            _start[c + 1] = end <= int.MaxValue ? (int)end : throw new ArgumentException($"There are more than {int.MaxValue} columns with those of crosses.");
        }
    }

    public ReadOnlySpan<FeatureCross> All => _crosses;

    /// <summary>How many columns.</summary>
    public int Count => _start[^1] - _start[0];

    /// <summary>The cross that a column belongs to.</summary>
    public int CrossOf(int column)
    {
        int c = 0;
        while (_start[c + 1] <= column)
            c++;
        return c;
    }

    /// <summary>The columns that one of these is the product of.</summary>
    public (int First, int Second) FactorsOf(int column)
    {
        int c = CrossOf(column), at = column - _start[c];
        (int first, _, int second, int count) = _columns[c];
        return (first + at / count, second + at % count);
    }

    /// <summary>The column of a cross that is the product of these two.</summary>
    public int ProductOf(int cross, int first, int second)
    {
        (int from, _, int secondFrom, int count) = _columns[cross];
        return _start[cross] + (first - from) * count + second - secondFrom;
    }

    /// <summary>Those of them that are not 0: how many, and their ascending indices and values.</summary>
    /// <param name="indices">The row's columns of features, as far as they belong to crosses, ascending; some may be there twice.</param>
    /// <param name="values">Their values.</param>
    /// <param name="products">Room for the indices.</param>
    /// <param name="ofProducts">Room for the values.</param>
    public int Multiply(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<int> products, Span<float> ofProducts)
    {
        int at = 0;
        for (int c = 0; c < _columns.Length; c++)
        {
            (int first, int firstCount, int second, int secondCount) = _columns[c];
            for (int k = 0; k < indices.Length; k++)
            {
                int i = indices[k] - first;
                for (int l = k + 1; (uint)i < (uint)firstCount && l < indices.Length; l++)
                {
                    int j = indices[l] - second;
                    if ((uint)j < (uint)secondCount)
                        (products[at], ofProducts[at++]) = (_start[c] + i * secondCount + j, values[k] * values[l]);
                }
            }
        }
        return at;
    }
}
