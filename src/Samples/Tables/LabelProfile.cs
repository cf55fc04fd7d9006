using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Collects the values of a label column and, for each row, which of them it has.</summary>
internal sealed class LabelProfile(string name, int index)
{
    /// <summary>Stands for a row without a label.</summary>
    private const byte NoLabel = 255;

    private const int MostValues = 200;

    private readonly List<string> _values = [];
    private readonly List<long> _counts = [];
    private readonly List<byte> _byRow = [];
    private readonly Dictionary<string, byte> _known = new(StringComparer.Ordinal);
    private bool _moreValues;

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>The column's position in the file.</summary>
    public int Index { get; } = index;

    /// <summary>Rows without a label.</summary>
    public long Missing { get; private set; }

    public void Add(ReadOnlySpan<char> field)
    {
        if (MissingValue.Is(field))
        {
            Missing++;
            _byRow.Add(NoLabel);
            return;
        }
        byte value = ValueOf(field);
        _byRow.Add(value);
        if (value != NoLabel)
            _counts[value]++;
    }

    /// <summary>Whether the label is yes, for each row; null for a row without a label.</summary>
    /// <param name="settings">The user's choice of the positive value, and the file, for messages.</param>
    /// <param name="isGuess">Whether the choice of the positive value should be told to the user.</param>
    /// <exception cref="UserError">The column holds other than two values, or one where that suffices.</exception>
    public (LabelValues Values, bool?[] ByRow) Decide(TableSettings settings, out bool isGuess)
    {
        string source = settings.Path;
        if (_values.Count == 0)
        {
            throw new UserError(
                $"{source}: the label column '{Name}' has no value in any row; if another column is the label, name it with --label.");
        }
        if (_values.Count == 1 && !settings.OneLabelSuffices)
            throw new UserError($"{source}: the label column '{Name}' holds only '{_values[0]}', but a yes/no label has two values.");
        if (_values.Count > 2)
        {
            throw new UserError(
                $"{source}: the label column '{Name}' holds {Describe()}, but a yes/no label has two values; " +
                "if another column is the label, name it with --label.");
        }
        isGuess = false;
        LabelValues values = _values.Count == 1
            ? LabelValues.OfOne(_values[0], settings.Positive) ?? throw new UserError(
                $"{source}: the label column '{Name}' holds only '{_values[0]}', which may be a yes or a no; say which value is a yes with " +
                "--positive.")
            : LabelValues.Choose(_values[0], _values[1], settings.Positive, out isGuess);
        bool firstIsPositive = LabelValues.Same(_values[0], values.Positive);
        bool?[] byRow = new bool?[_byRow.Count];
        for (int i = 0; i < byRow.Length; i++)
            byRow[i] = _byRow[i] == NoLabel ? null : _byRow[i] == 0 == firstIsPositive;
        return (values, byRow);
    }

    private byte ValueOf(ReadOnlySpan<char> field)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field, out byte value))
            return value;
        int similar = -1;
        for (int i = 0; i < _values.Count && similar < 0; i++)
            similar = LabelValues.Same(field, _values[i]) ? i : -1;
        if (similar < 0)
        {
            if (_values.Count == MostValues)
            {
                _moreValues = true;
                return NoLabel;
            }
            similar = _values.Count;
            _values.Add(field.ToString());
            _counts.Add(0);
        }
        if (_known.Count < MostValues)
            _known[field.ToString()] = (byte)similar;
        return (byte)similar;
    }

    private string Describe()
    {
        const int shown = 5;
        IEnumerable<string> named = _values.Take(shown).Select((value, i) => $"'{value}' ({Terminal.Count(_counts[i], "row")})");
        int rest = _values.Count - shown;
        string count = _moreValues ? $"more than {MostValues}" : $"{_values.Count}";
        return $"{count} different values, {string.Join(", ", named)}{(rest > 0 ? " and others" : "")}";
    }
}
