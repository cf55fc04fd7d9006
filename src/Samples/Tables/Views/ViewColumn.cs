namespace MlNetShallowNet.Samples.Tables;

/// <summary>What a column of a <see cref="TableView"/> is for.</summary>
internal enum ColumnRole
{
    /// <summary>Numbers, <see cref="double.NaN"/> where the value is missing.</summary>
    Number,

    /// <summary>Words, empty where the value is missing.</summary>
    Word,

    /// <summary>Free text, empty where the value is missing.</summary>
    Text,

    /// <summary>The label, as a Boolean.</summary>
    Label,

    /// <summary>The example's weight, a number.</summary>
    Weight,
}

/// <summary>A column of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Field">Its position in the file, or -1 if the file lacks it: a label is then false, a weight 1.</param>
/// <param name="Format">How its numbers are written.</param>
/// <param name="MayHoldWords">Whether words stood among its numbers in training, which count as missing; if not, they are errors.</param>
internal sealed record SourceColumn(string Name, int Field, CellFormat Format = CellFormat.Number, bool MayHoldWords = false)
{
    public SourceColumn(ColumnProfile column)
        : this(column.Name, column.Index, column.Format, column.Words.Count > 0)
    {
    }
}

/// <summary>A column of a <see cref="TableView"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Sources">The file's columns in it.</param>
/// <param name="IsVector">Whether it is a vector; else it has a single source, as a rule of its own name.</param>
internal sealed record ViewColumn(string Name, ColumnRole Role, IReadOnlyList<SourceColumn> Sources, bool IsVector = false)
{
    /// <summary>Between a column's name and a word, where the words of many columns stand in one vector.</summary>
    public const char BeforeWord = '\u001F';

    public ViewColumn(ColumnRole role, SourceColumn source)
        : this(source.Name, role, [source])
    {
    }
}
