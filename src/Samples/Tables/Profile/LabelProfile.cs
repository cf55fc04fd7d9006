using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Collects the values of a label column and, for each row, which of them it has.</summary>
/// <param name="name">The column's name.</param>
/// <param name="index">Its position in the file.</param>
/// <param name="positive">The user's choice of the positive value, or null.</param>
internal sealed class LabelProfile(string name, int index, string? positive)
{
    /// <summary>Stands for a row without a label.</summary>
    private const byte NoLabel = 255;

    /// <summary>Beyond so many different values it only matters which of them is the positive one.</summary>
    private const int MostValues = 200;

    private readonly string? _positive = positive?.Trim();
    private readonly List<Occurrences> _values = [];
    private readonly List<byte> _byRow = [];
    private readonly Dictionary<string, byte> _known = new(StringComparer.Ordinal);
    private bool _moreValues;

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>The column's position in the file.</summary>
    public int Index { get; } = index;

    /// <summary>A mark of missing values that is one of the two labels all the same, as NA may be a country; decided after the last row.</summary>
    public string? MarkAsValue { get; private set; }

    /// <summary>The values that are the negative label together, described, where one stands against several; else null; decided after the last row.</summary>
    public string? AgainstRest { get; private set; }

    /// <summary>Rows without a label; decided after the last row.</summary>
    public long Missing { get; private set; }

    /// <summary>Of each value, whether it is the positive one; decided after the last row.</summary>
    public IReadOnlyList<bool> ArePositive { get; private set; } = [];

    /// <summary>Takes the label of the next row.</summary>
    /// <returns>The number of its value.</returns>
    public byte Add(ReadOnlySpan<char> field, long line)
    {
        byte value = field.IsEmpty ? NoLabel : ValueOf(field);
        _byRow.Add(value);
        if (value != NoLabel)
            _values[value].Add(field, line);
        return value;
    }

    /// <summary>Decides which values are the two labels.</summary>
    /// <param name="settings">The user's choice of the positive value.</param>
    /// <param name="source">What to call the table in messages.</param>
    /// <param name="isGuess">Whether the choice of the positive value should be told to the user.</param>
    /// <returns>The values, and for each row whether its label is yes; null for a row without a label.</returns>
    /// <exception cref="UserError">The column holds other than two values, or one where that suffices.</exception>
    public (LabelValues Values, bool?[] ByRow) Decide(TableSettings settings, string source, out bool isGuess)
    {
        List<List<Occurrences>> groups = Groups([.. _values.Where(value => value.Count > 0 && !MissingMark.Is(value.First))]);
        List<List<Occurrences>> marks = Merge([.. _values.Where(value => value.Count > 0 && MissingMark.Is(value.First))], LabelValues.SameText);
        if (groups.Count == 1 && marks.Count == 1 && !settings.OneLabelSuffices)
        {
            groups.Add(marks[0]);
            MarkAsValue = marks[0][0].First;
        }
        LabelValues values = Choose([.. groups.Select(group => group[0].First)], groups, settings, source, out isGuess);
        bool?[] byValue = new bool?[_values.Count];
        foreach (List<Occurrences> group in groups)
        {
            foreach (Occurrences value in group)
                byValue[_values.IndexOf(value)] = values.IsAgainstRest ? values.Read(value.First) : values.Positive == group[0].First;
        }
        ArePositive = [.. byValue.Select(value => value == true)];
        bool?[] byRow = new bool?[_byRow.Count];
        for (int i = 0; i < byRow.Length; i++)
            byRow[i] = _byRow[i] == NoLabel ? null : byValue[_byRow[i]];
        Missing = byRow.Count(label => label is null);
        return (values, byRow);
    }

    private LabelValues Choose(
        string[] values, List<List<Occurrences>> groups, TableSettings settings, string source, out bool isGuess)
    {
        isGuess = false;
        string column = $"{source}: the label column {Shown.Text(Name)}";
        switch (values.Length)
        {
            case 0:
                throw new UserError($"{column} has no value in any row; if another column is the label, name it with --label.");
            case 1 when !settings.OneLabelSuffices:
                throw new UserError($"{column} holds only {Shown.Text(values[0])}, but a yes/no label has two values.");
            case 1:
                return LabelValues.OfOne(values[0], settings.Positive) ?? throw new UserError(
                    $"{column} holds only {Shown.Text(values[0])}, which may be a yes or a no; say which value is a yes with --positive.");
            case 2:
                return LabelValues.Choose(values[0], values[1], settings.Positive, out isGuess);
            case > 2 when _positive is null:
                throw new UserError(
                    $"{column} holds {Describe(groups)}, but a yes/no label has two values; --positive VALUE takes one of them against the rest; " +
                    "if another column is the label, name it with --label.");
            default:
                string known = Array.Find(values, value => LabelValues.SameText(value, _positive)) ?? Array.Find(values, value => LabelValues.Same(value, _positive))
                    ?? throw new UserError($"--positive {Shown.Text(settings.Positive)} is not a value of the label column, which holds {Describe(groups)}.");
                AgainstRest = Describe([.. groups.Where(group => !LabelValues.Same(group[0].First, known))]);
                return LabelValues.AgainstRest(known);
        }
    }

    /// <summary>Different texts are different values, unless there are more than two and letter case, or else their numbers, leave two.</summary>
    private static List<List<Occurrences>> Groups(List<Occurrences> values)
    {
        List<List<Occurrences>> asTexts = Merge(values, static (a, b) => a.SequenceEqual(b));
        if (asTexts.Count <= 2)
            return asTexts;
        List<List<Occurrences>> asWords = Merge(values, LabelValues.SameText);
        List<List<Occurrences>> asNumbers = Merge(values, LabelValues.Same);
        return asWords.Count <= 2 ? asWords : asNumbers.Count <= 2 ? asNumbers : asWords;
    }

    private static List<List<Occurrences>> Merge(List<Occurrences> values, Func<ReadOnlySpan<char>, ReadOnlySpan<char>, bool> same)
    {
        List<List<Occurrences>> groups = [];
        foreach (Occurrences value in values)
        {
            if (groups.Find(group => same(group[0].First, value.First)) is { } group)
                group.Add(value);
            else
                groups.Add([value]);
        }
        return groups;
    }

    private byte ValueOf(ReadOnlySpan<char> field)
    {
        Dictionary<string, byte>.AlternateLookup<ReadOnlySpan<char>> known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(field, out byte value))
            return value;
        if (_values.Count >= MostValues && !_moreValues)
        {
            _moreValues = true;
            _values.AddRange([new Occurrences(), new Occurrences()]);
        }
        if (_moreValues)
            return MissingMark.Is(field) ? NoLabel : (byte)(LabelValues.Same(field, _positive) ? MostValues : MostValues + 1);
        _values.Add(new Occurrences());
        return known[field] = (byte)(_values.Count - 1);
    }

    private string Describe(List<List<Occurrences>> groups)
    {
        const int shown = 8;
        IEnumerable<string> named = groups.Take(shown).Select((group, i) =>
        {
            string rows = Terminal.Count(group.Sum(value => value.Count), "row");
            return $"{Shown.Text(group[0].First)} ({rows}{(i == 2 ? $", first on line {group[0].Line}" : "")})";
        });
        string count = _moreValues ? $"more than {MostValues} different values" : Terminal.Count(groups.Count, "different value");
        return $"{count}, {string.Join(", ", named)}{(groups.Count > shown ? " and others" : "")}";
    }
}
