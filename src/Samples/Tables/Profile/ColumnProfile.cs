namespace MlNetShallowNet.Samples.Tables;

/// <summary>Collects, field by field, what is needed to tell what a column holds.</summary>
internal sealed class ColumnProfile(string name, int index)
{
    /// <summary>The most different words that a categorical column may hold.</summary>
    public const int MostLevels = 1000;

    /// <summary>Up to this many different words a column is categorical however few its rows are.</summary>
    private const int FewLevels = 20;

    private const int FewestNumbersPerWord = 9;

    /// <summary>Beyond 64 bits nothing is numbered.</summary>
    private const double LargestIdentifier = 1.8e19;

    private readonly HashSet<double> _numberLevels = [];
    private readonly HashSet<string> _wordLevels = new(StringComparer.Ordinal);
    private readonly Prose _prose = new();
    private readonly Dictionary<CellFormat, Occurrences> _byFormats = [];
    private CellFormat _latestFormats;
    private Occurrences? _latest;
    private bool _ascends = true;
    private bool _repeats;
    private bool _isWhole = true;
    private double _previous = double.NegativeInfinity;

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>The column's position in the file.</summary>
    public int Index { get; } = index;

    /// <summary>What the column holds; decided after the last row.</summary>
    public ColumnKind Kind { get; private set; }

    /// <summary>How its numbers are written.</summary>
    public CellFormat Format { get; private set; } = CellFormat.Number;

    /// <summary>Rows without a value, infinite numbers and, in a column of numbers, words among them.</summary>
    public long Missing { get; private set; }

    /// <summary>Infinite numbers, which count as missing.</summary>
    public long Infinite { get; private set; }

    /// <summary>Rows with a number in the column's format.</summary>
    public long Numbers { get; private set; }

    /// <summary>The fields with something else.</summary>
    public Occurrences Words { get; } = new();

    /// <summary>The fields with a number, for an example.</summary>
    public Occurrences FormattedNumbers { get; } = new();

    /// <summary>Whether a field was neither a plain number nor missing, so that it must be read again once the column's format is known.</summary>
    public bool NeedsFormat { get; private set; }

    /// <summary>How many different words, as far as they were counted; 75 and 75.0 are one.</summary>
    public int Levels => _numberLevels.Count + _wordLevels.Count;

    /// <summary>Whether a numeric column holds the same number in every row.</summary>
    public bool IsConstant => Levels - (Words.Count > 0 ? 1 : 0) <= 1;

    /// <summary>Whether a numeric column holds whole numbers that only ever grow by one, as row numbers do.</summary>
    public bool LooksLikeRowNumbers => IsPlain && _ascends && Numbers > FewLevels && Missing == 0;

    /// <summary>Whether a numeric column holds whole numbers that are all different, as far as they were compared.</summary>
    public bool LooksLikeIdentifiers =>
        IsPlain && _isWhole && !_repeats && Numbers > FewLevels && Missing == 0 && !LooksLikeRowNumbers;

    /// <summary>Words in a field, on average over the different ones, as far as they were compared.</summary>
    public double WordsInField => _prose.WordsInValue;

    /// <summary>Whether the network gets to see the column.</summary>
    public bool IsUsed => Kind is ColumnKind.Numeric or ColumnKind.Categorical or ColumnKind.FreeText;

    /// <summary>Few words among numbers are no values; of a short list of both, such as 1, 2 and "more", all are categories.</summary>
    private bool IsMostlyNumeric => Words.Count * FewestNumbersPerWord <= Numbers || (Numbers > Words.Count && Levels > FewLevels);

    private bool IsPlain => Format == CellFormat.Number && FormattedNumbers.Count == 0;

    /// <summary>Takes the field of the next row.</summary>
    /// <returns>The number, if it is a plain one, else NaN.</returns>
    public double Add(ReadOnlySpan<char> field, long line)
    {
        if (!field.IsEmpty && NumberText.TryParse(field, out double number))
        {
            if (double.IsFinite(number))
            {
                AddPlain(field, number, line);
                return number;
            }
            AddInfinite();
        }
        else if (MissingMark.Is(field))
        {
            if (MissingMark.IsInfinity(field))
                AddInfinite();
            else
                Missing++;
        }
        else
        {
            NeedsFormat = true;
            Count(CellFormats.Of(field), field, line);
            if (_wordLevels.Count <= MostLevels && _wordLevels.GetAlternateLookup<ReadOnlySpan<char>>().Add(field))
                _prose.Add(field);
        }
        return double.NaN;
    }

    /// <summary>Decides what the column holds, once all rows have been seen.</summary>
    /// <param name="asked">What the user says that it is: ignored, categorical (even if its words are numbers) or free text; null for nothing.</param>
    /// <param name="prefersComma">Whether 1,234 rather has decimals, where nothing else tells, as in files with semicolons.</param>
    public void Decide(ColumnKind? asked, bool prefersComma)
    {
        long present = _byFormats.Values.Sum(found => found.Count);
        ChooseFormat(prefersComma);
        Kind = KindOf(asked, present);
        if (Kind == ColumnKind.Numeric)
            Missing += Words.Count;
    }

    private ColumnKind KindOf(ColumnKind? asked, long present)
    {
        bool isCategorical = asked == ColumnKind.Categorical;
        if (asked == ColumnKind.Ignored)
            return ColumnKind.Ignored;
        if (present == 0)
            return ColumnKind.Empty;
        if (asked == ColumnKind.FreeText)
            return ColumnKind.FreeText;
        if (IsMostlyNumeric && !isCategorical)
            return ColumnKind.Numeric;
        if (Levels == 1 && Missing == 0)
            return ColumnKind.ConstantText;
        if (Levels <= MostLevels && (isCategorical || Levels <= FewLevels || 2L * Levels <= present))
            return ColumnKind.Categorical;
        return _prose.IsSentences && !isCategorical ? ColumnKind.FreeText : ColumnKind.Identifier;
    }

    private void AddPlain(ReadOnlySpan<char> field, double number, long line)
    {
        Count(CellFormats.OfPlain(field), field, line);
        _isWhole &= Math.Floor(number) == number && Math.Abs(number) < LargestIdentifier;
        _ascends &= double.IsNegativeInfinity(_previous) || (number == _previous + 1 && number > _previous); // 1e16 + 1 is 1e16
        _previous = number;
        if (_numberLevels.Count <= MostLevels)
            _repeats |= !_numberLevels.Add(number);
    }

    private void AddInfinite()
    {
        Infinite++;
        Missing++;
    }

    private void Count(CellFormat formats, ReadOnlySpan<char> field, long line)
    {
        if (_latest is null || formats != _latestFormats)
        {
            if (!_byFormats.TryGetValue(formats, out _latest))
                _byFormats[formats] = _latest = new Occurrences();
            _latestFormats = formats;
        }
        _latest.Add(field, line);
    }

    private void ChooseFormat(bool prefersComma)
    {
        IEnumerable<CellFormat> preferred = prefersComma ? [CellFormat.DecimalComma, CellFormat.PercentComma, .. CellFormats.All] : CellFormats.All;
        // Where all numbers are plain ones a comma has nothing to say.
        bool hasFormatted = _byFormats.Keys.Any(formats => formats != CellFormat.None && !formats.HasFlag(CellFormat.Plain));
        Format = hasFormatted ? preferred.MaxBy(format => _byFormats.Where(found => found.Key.HasFlag(format)).Sum(found => found.Value.Count)) : CellFormat.Number;
        foreach ((CellFormat formats, Occurrences found) in _byFormats)
        {
            if (!formats.HasFlag(Format))
                Words.Add(found);
            else if (!formats.HasFlag(CellFormat.Plain) || Format != CellFormat.Number)
                FormattedNumbers.Add(found);
            if (formats.HasFlag(Format))
                Numbers += found.Count;
        }
    }
}
