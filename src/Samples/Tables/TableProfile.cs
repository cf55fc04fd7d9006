namespace MlNetShallowNet.Samples.Tables;

/// <summary>What one pass over a table with labels has found: what its columns hold, and each row's label and fold.</summary>
internal sealed class TableProfile
{
    private TableProfile(TableFile table, LabelProfile label, IReadOnlyList<ColumnProfile> columns, TableSettings settings)
    {
        Table = table;
        LabelName = label.Name;
        LabelIndex = label.Index;
        MissingLabels = label.Missing;
        Columns = columns;
        (Labels, LabelByRow) = label.Decide(settings, out bool isGuess);
        PositiveIsGuess = isGuess;
    }

    /// <summary>The file.</summary>
    public TableFile Table { get; }

    /// <summary>The label column's name.</summary>
    public string LabelName { get; }

    /// <summary>The label column's position in the file.</summary>
    public int LabelIndex { get; }

    /// <summary>The label's two values.</summary>
    public LabelValues Labels { get; }

    /// <summary>Whether the program chose the positive value without knowing the words.</summary>
    public bool PositiveIsGuess { get; }

    /// <summary>Rows without a label, which are left out.</summary>
    public long MissingLabels { get; }

    /// <summary>Each row's label: true for yes, null for none.</summary>
    public bool?[] LabelByRow { get; }

    /// <summary>All columns other than those of label, weight and fold, in the file's order.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>The columns that the network sees, in the file's order.</summary>
    public IEnumerable<ColumnProfile> UsedColumns => Columns.Where(column => column.IsUsed);

    /// <summary>The weight column's position in the file and its name, or null.</summary>
    public (int Index, string Name)? Weight { get; private init; }

    /// <summary>Each row's fold, if a fold column was named.</summary>
    public IReadOnlyList<string>? FoldByRow { get; private init; }

    /// <summary>Reads a table once from end to end.</summary>
    /// <exception cref="UserError">The table can't be read, has no rows, lacks a column that was named, or has no two label
    /// values.</exception>
    public static TableProfile Read(TableSettings settings)
    {
        TableFile table = TableFile.Open(settings.Path, settings.Separator, settings.HasHeader);
        int label = LabelColumn(table, settings.Label);
        int weight = settings.Weight is null ? -1 : Named(table, settings.Weight, "--weight-column");
        int fold = settings.Fold is null ? -1 : Named(table, settings.Fold, "--fold-column");
        HashSet<int> ignored = [.. NamedAll(table, settings.Ignored, "--ignore")];
        HashSet<int> categorical = [.. NamedAll(table, settings.Categorical, "--categorical")];
        if (weight == label || fold == label || ignored.Contains(label))
            throw new UserError($"Column '{table.Names[label]}' is the label, so it can't be weight, fold or ignored as well.");
        if (table.Names.Count == 1)
        {
            throw new UserError(
                $"{table.Path} has a single column, '{table.Names[0]}' (separator: {Separator.Name(table.Separator)}), " +
                "but a label and something to predict it from are needed; " +
                "if another character stands between fields, say which with --separator.");
        }

        LabelProfile labels = new(table.Names[label], label);
        List<string> folds = [];
        Dictionary<string, string> foldNames = new(StringComparer.Ordinal);
        ColumnProfile[] columns = [.. Enumerable.Range(0, table.Names.Count)
            .Where(i => i != label && i != weight && i != fold)
            .Select(i => new ColumnProfile(table.Names[i], i))];
        long rows = 0;
        using (TableRows reader = table.OpenRows())
        {
            for (; reader.Read(); rows++)
            {
                labels.Add(reader[label]);
                if (fold >= 0)
                    folds.Add(FoldName(reader, fold, foldNames, table));
                foreach (ColumnProfile column in columns)
                    column.Add(reader[column.Index], reader.Line);
            }
        }
        if (rows == 0)
            throw new UserError($"{table.Path} has a line of column names but no rows.");
        foreach (ColumnProfile column in columns)
            column.Decide(categorical.Contains(column.Index), ignored.Contains(column.Index));

        TableProfile profile = new(table, labels, columns, settings)
        {
            Weight = weight < 0 ? null : (weight, table.Names[weight]),
            FoldByRow = fold < 0 ? null : folds,
        };
        if (!profile.UsedColumns.Any())
        {
            string reasons = $"{DataNotes.LeftOut(profile)} {DataNotes.Commas(profile)}".TrimEnd();
            throw new UserError($"{table.Path} has no column to learn from: {reasons}");
        }
        return profile;
    }

    private static int LabelColumn(TableFile table, string? name)
    {
        if (name is not null)
            return Named(table, name, "--label");
        int called = table.IndexOf("Label");
        return called >= 0 ? called : table.Names.Count - 1;
    }

    /// <summary>Several columns; a name that no column has may be several with commas between.</summary>
    private static IEnumerable<int> NamedAll(TableFile table, IReadOnlyList<string> names, string option) =>
        names.SelectMany(name => table.IndexOf(name) >= 0 ? [name] : name.Split(',')).Select(name => Named(table, name, option));

    private static int Named(TableFile table, string name, string option)
    {
        int index = table.IndexOf(name);
        if (index >= 0)
            return index;
        const int shown = 12;
        string more = table.Names.Count > shown ? ", ..." : "";
        throw new UserError($"{table.Path} has no column '{name}' ({option}); it has {string.Join(", ", table.Names.Take(shown))}{more}.");
    }

    private static string FoldName(TableRows row, int fold, Dictionary<string, string> names, TableFile table)
    {
        ReadOnlySpan<char> field = row[fold];
        if (names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field, out string? name))
            return name;
        if (MissingValue.Is(field))
            throw new UserError($"{table.Path}, line {row.Line}: no fold in column '{table.Names[fold]}'.");
        return names[field.ToString()] = field.ToString();
    }
}
