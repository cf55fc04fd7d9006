namespace MlNetShallowNet.Samples.Tables;

/// <summary>What a column of a table holds, as far as a network is concerned.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers: one input.</summary>
    Numeric,

    /// <summary>Words from a list: one input per word.</summary>
    Categorical,

    /// <summary>No value at all: of no use.</summary>
    Empty,

    /// <summary>The same word in every row: of no use.</summary>
    ConstantText,

    /// <summary>A name, a number plate, a sentence: too many different words to learn from.</summary>
    Identifier,

    /// <summary>Left out because the user said so.</summary>
    Ignored,
}

/// <summary>Collects, field by field, what is needed to tell what a column holds.</summary>
internal sealed class ColumnProfile(string name, int index)
{
    /// <summary>The most different words that a categorical column may hold.</summary>
    public const int MostLevels = 1000;

    /// <summary>Up to this many different words a column is categorical however few its rows are.</summary>
    private const int FewLevels = 20;

    private readonly HashSet<string> _levels = new(StringComparer.Ordinal);
    private long _commas;
    private bool _ascends = true;
    private bool _repeats;
    private bool _isWhole = true;
    private float _previous = float.NegativeInfinity;
    private float _first;

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>The column's position in the file.</summary>
    public int Index { get; } = index;

    /// <summary>What the column holds; decided after the last row.</summary>
    public ColumnKind Kind { get; private set; }

    /// <summary>Rows without a value, infinite numbers among them.</summary>
    public long Missing { get; private set; }

    /// <summary>Numbers beyond the range of single precision, which count as missing.</summary>
    public long Infinite { get; private set; }

    /// <summary>Rows with a number.</summary>
    public long Numbers { get; private set; }

    /// <summary>Rows with something else.</summary>
    public long Words { get; private set; }

    /// <summary>The first field that is no number, and its line.</summary>
    public (string Text, long Line) FirstWord { get; private set; }

    /// <summary>Whether all that is no number would be one without its commas.</summary>
    public bool HasCommas => Words > 0 && _commas == Words;

    /// <summary>How many different words, as far as they were counted.</summary>
    public int Levels => _levels.Count;

    /// <summary>Whether a numeric column holds the same number in every row.</summary>
    public bool IsConstant { get; private set; } = true;

    /// <summary>Whether a numeric column holds whole numbers that only ever grow by one, as row numbers do.</summary>
    public bool LooksLikeRowNumbers => _ascends && Numbers > FewLevels && Missing == 0;

    /// <summary>Whether a numeric column holds whole numbers that are all different, as far as they were compared.</summary>
    public bool LooksLikeIdentifiers => _isWhole && !_repeats && Numbers > FewLevels && Missing == 0 && !LooksLikeRowNumbers;

    /// <summary>Whether the network gets to see the column.</summary>
    public bool IsUsed => Kind is ColumnKind.Numeric or ColumnKind.Categorical;

    public void Add(ReadOnlySpan<char> field, long line)
    {
        if (MissingValue.Is(field))
        {
            Missing++;
            return;
        }
        if (NumberText.TryParse(field, out float number))
        {
            if (!float.IsFinite(number))
            {
                Infinite++;
                Missing++;
                return;
            }
            if (Numbers++ == 0)
                _first = number;
            IsConstant &= number == _first;
            _isWhole &= MathF.Floor(number) == number;
            _ascends &= float.IsNegativeInfinity(_previous) || number == _previous + 1;
            _previous = number;
        }
        else
        {
            if (Words++ == 0)
                FirstWord = (field.ToString(), line);
            if (_commas == Words - 1 && NumberText.HasCommas(field))
                _commas++;
        }
        if (_levels.Count <= MostLevels)
            _repeats |= !_levels.GetAlternateLookup<ReadOnlySpan<char>>().Add(field);
    }

    /// <summary>Decides what the column holds, once all rows have been seen.</summary>
    /// <param name="isCategorical">Whether the user says that it holds words, even if they are numbers.</param>
    /// <param name="isIgnored">Whether the user wants it left out.</param>
    public void Decide(bool isCategorical, bool isIgnored)
    {
        long present = Numbers + Words;
        if (isIgnored)
            Kind = ColumnKind.Ignored;
        else if (present == 0)
            Kind = ColumnKind.Empty;
        else if (Words == 0 && !isCategorical)
            Kind = ColumnKind.Numeric;
        else if (Levels == 1 && Missing == 0)
            Kind = ColumnKind.ConstantText;
        else if (Levels > MostLevels || (Levels > FewLevels && 2L * Levels > present && !isCategorical))
            Kind = ColumnKind.Identifier;
        else
            Kind = ColumnKind.Categorical;
    }
}
