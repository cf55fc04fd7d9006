namespace MlNetShallowNet.Samples.Tables;

/// <summary>The names of columns, made unique: one that is missing or taken gets a name by its position.</summary>
internal static class HeaderNames
{
    /// <summary>Names that the columns of features have in a model, so that no column of a table may have them.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
        ["(numbers)", "(words)", "(dates)", "(year)", "(month)", "(day)", "(weekday)", "(hour)", "(date parts)", "(missing)"];

    /// <summary>The names.</summary>
    /// <param name="header">The fields of the header.</param>
    /// <param name="notes">Where to say what was odd.</param>
    public static string[] From(string[] header, List<string> notes)
    {
        string[] names = new string[header.Length];
        HashSet<string> given = new(header, StringComparer.Ordinal);
        HashSet<string> used = new(Reserved, StringComparer.Ordinal);
        List<string> renamed = [];
        Dictionary<string, int> next = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string name = header[i];
            if (name.Length == 0 || !used.Add(name))
            {
                string stem = name.Length == 0 ? "Column" : name + ".";
                int number = name.Length == 0 ? i + 1 : next.GetValueOrDefault(name, 2);
                string unique;
                while (given.Contains(unique = stem + number) || used.Contains(unique))
                    number++;
                next[name] = number + 1;
                used.Add(unique);
                string found = name.Length == 0 ? $"column {i + 1} has no name and" : $"a second {Shown.Text(name)} (column {i + 1})";
                renamed.Add($"{found} is called {Shown.Text(unique)}");
                name = unique;
            }
            names[i] = name;
        }
        const int shown = 3;
        if (renamed.Count > 0)
        {
            string more = renamed.Count > shown ? $"; and {renamed.Count - shown} more" : "";
            notes.Add($"Header: {string.Join("; ", renamed.Take(shown))}{more}.");
        }
        if (names.Length > 1 && given.All(name => NumberText.TryParse(name, out _)))
            notes.Add("Header: all names are numbers; if the file has no line of names, say --no-header.");
        return names;
    }
}
