namespace MlNetShallowNet.Samples.Tables;

/// <summary>Reads the fields of a column during a pass, and remembers what was odd about them.</summary>
internal abstract class CellReader
{
    /// <summary>Tells what was odd, at the end of the pass.</summary>
    public abstract void Tell(RowNotices notices);
}

/// <inheritdoc cref="CellReader"/>
internal abstract class CellReader<T> : CellReader
{
    /// <summary>Reads the current row's field.</summary>
    public abstract T Read(TableRows row);
}

/// <summary>Reads numbers; a missing one is NaN, and so is a word if there were words in training.</summary>
internal sealed class NumberCell(SourceColumn column, string source) : CellReader<double>
{
    private readonly Occurrences _strays = new();
    private readonly Occurrences _infinite = new();
    private long _numbers;

    /// <exception cref="UserError">The field holds a word.</exception>
    public override double Read(TableRows row)
    {
        ReadOnlySpan<char> field = row[column.Field];
        if (column.Format == CellFormat.Number && NumberText.TryParse(field, out double number))
            return Known(number, field, row.Line);
        if (MissingMark.Is(field))
            return MissingMark.IsInfinity(field) ? Known(double.PositiveInfinity, field, row.Line) : double.NaN;
        if (column.Format.TryRead(field, out number))
            return Known(number, field, row.Line);
        if (!column.MayHoldWords)
        {
            throw new UserError(
                $"{source}, line {row.Line}: {Shown.Text(field)} in column {Shown.Text(column.Name)}, where the model expects a number" +
                $"{(column.Format.Describe() is { } written ? $" ({written})" : "")}.");
        }
        _strays.Add(field, row.Line);
        return double.NaN;
    }

    /// <exception cref="UserError">The column holds nothing but words.</exception>
    public override void Tell(RowNotices notices)
    {
        if (_numbers == 0 && _strays.Count > 0)
        {
            throw new UserError(
                $"{source}, line {_strays.Line}: {Shown.Text(_strays.First)} in column {Shown.Text(column.Name)}, where the model expects a number, " +
                "and no number in any other row.");
        }
        notices.TellStrays(column.Name, _strays);
        notices.TellInfinite(column.Name, _infinite);
    }

    private double Known(double number, ReadOnlySpan<char> field, long line)
    {
        _numbers++;
        if (double.IsFinite(number))
            return number;
        _infinite.Add(field, line);
        return double.NaN;
    }
}

/// <summary>Reads words; a missing one is empty. Rows share a buffer, and a value must outlive its row: so each different word is kept once.</summary>
internal sealed class WordCell(SourceColumn column, IReadOnlySet<string>? known) : CellReader<ReadOnlyMemory<char>>
{
    private const int MostKept = ColumnProfile.MostLevels;

    private readonly Occurrences _unseen = new();
    private readonly Dictionary<string, (ReadOnlyMemory<char> Word, bool IsKnown)> _kept = new(StringComparer.Ordinal);

    public override ReadOnlyMemory<char> Read(TableRows row)
    {
        ReadOnlySpan<char> field = row[column.Field];
        if (MissingMark.Is(field))
            return default;
        if (!_kept.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field, out (ReadOnlyMemory<char> Word, bool IsKnown) kept))
        {
            string word = NumberText.Category(field);
            kept = (word.AsMemory(), known is null || known.Contains(word));
            if (_kept.Count < MostKept)
                _kept.Add(field.ToString(), kept);
        }
        if (!kept.IsKnown)
            _unseen.Add(field, row.Line);
        return kept.Word;
    }

    public override void Tell(RowNotices notices) => notices.TellUnseen(column.Name, _unseen);
}

/// <summary>Reads free text as it stands; a missing one is empty.</summary>
internal sealed class TextCell(SourceColumn column) : CellReader<ReadOnlyMemory<char>>
{
    public override ReadOnlyMemory<char> Read(TableRows row)
    {
        ReadOnlySpan<char> field = row[column.Field];
        return MissingMark.Is(field) ? default : field.ToString().AsMemory();
    }

    public override void Tell(RowNotices notices)
    {
    }
}
