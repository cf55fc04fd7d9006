namespace MlNetShallowNet.Samples.Tables;

/// <summary>The words of a column as numbers: from 0 up the place in a list of the first different ones, below 0 that of a text, NaN for none.</summary>
/// <param name="texts">Where further words go.</param>
/// <param name="keepsWords">Whether there is a list; not for free text, which hardly comes twice.</param>
internal sealed class WordStore(TextStore texts, bool keepsWords)
{
    private readonly int _mostWords = keepsWords ? ColumnProfile.MostLevels : 0;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<ReadOnlyMemory<char>> _words = [];

    /// <summary>Keeps a word.</summary>
    /// <returns>What to read it by.</returns>
    public double Add(ReadOnlyMemory<char> word)
    {
        if (word.IsEmpty)
            return double.NaN;
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> numbers = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (numbers.TryGetValue(word.Span, out int number))
            return number;
        if (_words.Count == _mostWords)
            return -1.0 - texts.Add(word);
        _words.Add(word);
        return numbers[word.Span] = _words.Count - 1;
    }

    /// <summary>A word, empty for none.</summary>
    public ReadOnlyMemory<char> Read(double number) =>
        number >= 0 ? _words[(int)number] : double.IsNaN(number) ? default : texts.Read(-1 - (long)number);
}
