using System.Text;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Sentences in lines of a width.</summary>
internal static class TextWrap
{
    /// <summary>Breaks a text at its spaces; a word longer than the width has a line of its own. A no-break space holds words together.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }
}
