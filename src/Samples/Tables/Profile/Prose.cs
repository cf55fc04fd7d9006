namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Tells sentences from names and keys by their words. A word is what stands between spaces if it has two letters or more, mostly letters, and no
/// digit; so keys, addresses of mail and paths have one at the most. Sentences have several, and the words of some come again in others.
/// </summary>
internal sealed class Prose
{
    private const int FewestWords = 3;
    private const int FewestDifferentWords = 20;
    private const double FewestUses = 1.25;

    private readonly HashSet<string> _different = new(StringComparer.OrdinalIgnoreCase);
    private long _words;
    private int _values;

    /// <summary>Whether the values are sentences: three words or more on average, over 20 different words, each used 1.25 times or more on average.</summary>
    public bool IsSentences =>
        _words >= (long)FewestWords * _values && _different.Count > FewestDifferentWords && _words >= FewestUses * _different.Count;

    /// <summary>Words in a value, on average.</summary>
    public double WordsInValue => _values == 0 ? 0 : _words / (double)_values;

    /// <summary>Takes the next value, different from all before.</summary>
    public void Add(ReadOnlySpan<char> value)
    {
        _values++;
        while (!(value = value.TrimStart()).IsEmpty)
        {
            int end = 0;
            while (end < value.Length && !char.IsWhiteSpace(value[end]))
                end++;
            ReadOnlySpan<char> word = value[..end].Trim(".,;:!?()[]\"'");
            if (IsWord(word))
            {
                _words++;
                _different.GetAlternateLookup<ReadOnlySpan<char>>().Add(word);
            }
            value = value[end..];
        }
    }

    private static bool IsWord(ReadOnlySpan<char> token)
    {
        int letters = 0;
        foreach (char c in token)
        {
            if (char.IsDigit(c))
                return false;
            letters += char.IsLetter(c) ? 1 : 0;
        }
        return letters >= 2 && 2 * letters > token.Length;
    }
}
