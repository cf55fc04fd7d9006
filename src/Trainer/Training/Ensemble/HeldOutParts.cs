namespace MlNetShallowNet.Training;

/// <summary>Which rows are left out in turn, so that every member can say how it scores rows that it was not trained on.</summary>
/// <param name="PartOf">The part of each row, from 0 on.</param>
/// <param name="Count">How many parts are left out in turn: parts 0 up to, not including, this. Rows of further parts are always trained on.</param>
internal sealed record HeldOutParts(int[] PartOf, int Count)
{
    /// <summary>All that is left out as one part, for of some rows only no part alone is enough to judge by; the parts as they are where that would
    /// leave less than a quarter of the rows to train on, as of a stream's sample, which may have hardly more than what is left out.</summary>
    public HeldOutParts Together() => 4L * PartOf.Count(part => part >= Count) < PartOf.Length
        ? this
        : new([.. PartOf.Select(part => part < Count ? 0 : 1)], Math.Min(Count, 1));

    /// <summary>The rows of a part, ascending.</summary>
    public int[] RowsOf(int part) => [.. Enumerable.Range(0, PartOf.Length).Where(i => PartOf[i] == part)];

    /// <summary>All rows but those of a part, ascending.</summary>
    public int[] RowsBut(int part) => [.. Enumerable.Range(0, PartOf.Length).Where(i => PartOf[i] != part)];
}
