namespace MlNetShallowNet.Samples.Tables;

/// <summary>Collects each row's fold.</summary>
internal sealed class FoldProfile(string name, int index)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _byRow = [];

    /// <summary>The column's position in the file.</summary>
    public int Index { get; } = index;

    /// <summary>Each row's fold.</summary>
    public IReadOnlyList<string> ByRow => _byRow;

    /// <summary>Takes the fold of the next row.</summary>
    /// <exception cref="UserError">It has none.</exception>
    public void Add(ReadOnlySpan<char> field, string source, long line)
    {
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> names = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!names.TryGetValue(field, out string? known))
        {
            if (MissingMark.Is(field))
                throw new UserError($"{source}, line {line}: no fold in column {Shown.Text(name)}.");
            names[field] = known = field.ToString();
        }
        _byRow.Add(known);
    }
}
