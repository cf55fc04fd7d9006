namespace MlNetShallowNet.Engine;

/// <summary>
/// Which rows a chunk holds: consecutive ones from <paramref name="first"/>, or those that <paramref name="indices"/> lists.
/// </summary>
internal readonly struct RowSelection(int[]? indices, int first)
{
    /// <summary>Whether the rows follow one another, so that they can be read where they are.</summary>
    public bool Consecutive => indices is null;

    /// <summary>The row at this place of the chunk.</summary>
    public int this[int place] => indices is null ? first + place : indices[place];
}
