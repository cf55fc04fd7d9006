using System.Text;

namespace MlNetShallowNet.Samples.CodeGeneration;

/// <summary>Names and texts as they stand in C#.</summary>
internal static class CSharpText
{
    /// <summary>A literal of any text.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c))
                literal.Append(c);
            else
                literal.Append($"\\u{(int)c:x4}");
        }
        return literal.Append('"').ToString();
    }

    /// <summary>A name for a property: the words of a column's name, each with a capital; none that is taken.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="taken">The names that are taken, to which it is added.</param>
    public static string PropertyName(string column, HashSet<string> taken)
    {
        var name = new StringBuilder();
        bool startsWord = true;
        foreach (char c in column)
        {
            bool isPart = char.IsLetterOrDigit(c);
            if (isPart)
                name.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = !isPart;
        }
        if (name.Length == 0 || !char.IsLetter(name[0]))
            name.Insert(0, "Column");
        string wanted = name.ToString(), free = wanted;
        for (int i = 2; !taken.Add(free); i++)
            free = $"{wanted}_{i}";
        return free;
    }
}
