using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>What one pass over a table with labels has found: what its columns hold, and each row's label and fold.</summary>
internal sealed class TableProfile : IDisposable
{
    private CellStore? _cells;

    private TableProfile(TableSettings settings, TableFile table, LabelProfile label, IReadOnlyList<ColumnProfile> columns)
    {
        (Table, LabelName, LabelIndex, Columns, Settings) = (table, SafeName(label.Name, table), label.Index, columns, settings);
    }

    /// <summary>What the user says about it.</summary>
    public TableSettings Settings { get; }

    /// <summary>The file.</summary>
    public TableFile Table { get; }

    /// <summary>The label column's name in views of the rows: its own, unless a model's output has that.</summary>
    public string LabelName { get; }

    /// <summary>The label column's position in the file.</summary>
    public int LabelIndex { get; }

    /// <summary>The label's two values.</summary>
    public required LabelValues Labels { get; init; }

    /// <summary>Whether the program chose the positive value without knowing the words.</summary>
    public required bool PositiveIsGuess { get; init; }

    /// <summary>A mark of missing values that is one of the labels, or null.</summary>
    public string? MarkAsLabel { get; private init; }

    /// <summary>The values that are the negative label together, described, where one stands against several; else null.</summary>
    public string? AgainstRest { get; private init; }

    /// <summary>Rows without a label, which are left out.</summary>
    public long MissingLabels { get; private init; }

    /// <summary>Each row's label: true for yes, null for none.</summary>
    public required bool?[] LabelByRow { get; init; }

    /// <summary>How many rows have this label.</summary>
    public int Count(bool label) => LabelByRow.Count(of => of == label);

    /// <summary>All columns other than those of label, weight and fold, in the file's order.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>The columns that the network sees, in the file's order.</summary>
    public IEnumerable<ColumnProfile> UsedColumns => Columns.Where(column => column.IsUsed);

    /// <summary>The weight column's position in the file and its name, or null.</summary>
    public (int Index, string Name)? Weight { get; private init; }

    /// <summary>Each row's fold, if a fold column was named.</summary>
    public IReadOnlyList<string>? FoldByRow { get; private init; }

    /// <summary>The labelled rows, parsed. Unless all fields are plain numbers, this reads the table a second time, when it is first asked for.</summary>
    public CellStore Cells => _cells ??= CellStore.Read(TableView.OfText(this), Settings.MemoryBudgetMegabytes);

    /// <summary>Reads a table once from end to end.</summary>
    /// <exception cref="UserError">The table can't be read, has no rows, lacks a column that was named, or has no two label
    /// values.</exception>
    public static TableProfile Read(TableSettings settings)
    {
        TableFile table = settings.Source.Open(settings.Format);
        int label = LabelColumn(table, settings.Label);
        int weight = settings.Weight is null ? -1 : table.Find(settings.Weight, "--weight-column");
        int fold = settings.Fold is null ? -1 : table.Find(settings.Fold, "--fold-column");
        Dictionary<int, (ColumnKind Kind, string Option)> asked = Asked(table, settings);
        if (weight == label || fold == label || asked.GetValueOrDefault(label).Kind == ColumnKind.Ignored)
            throw new UserError($"Column {Shown.Text(table.Names[label])} is the label, so it can't be weight, fold or ignored as well.");
        if (table.Names.Count == 1)
        {
            throw new UserError(
                $"{table.Path} has a single column, {Shown.Text(table.Names[0])} (separator: {Separator.Name(table.Separator)}), " +
                "but a label and something to predict it from are needed; " +
                "if another character stands between fields, say which with --separator.");
        }

        LabelProfile labels = new(table.Names[label], label, settings.Positive);
        WeightProfile? weights = weight < 0 ? null : new WeightProfile(table.Names[weight], weight);
        FoldProfile? folds = fold < 0 ? null : new FoldProfile(table.Names[fold], fold);
        ColumnProfile[] columns = NewColumns();
        using PlainRows plain = new(columns, label, weight, settings.MemoryBudgetMegabytes);
        (byte value, double rowWeight) = (0, 1);
        void AddRow(TableRows row, bool hasLabel)
        {
            value = labels.Add(row[label], row.Line);
            rowWeight = weights?.Add(row[weight], hasLabel, table.Path, row.Line) ?? 1;
            folds?.Add(row[fold], table.Path, row.Line);
        }

        ReadRows(
            table, columns, label, isLabel: field => !MissingMark.Is(field), AddRow, (row, numbers) => plain.Add(row.Row, numbers, value, rowWeight));
        (LabelValues values, bool?[] byRow) = labels.Decide(settings, table.Path, out bool isGuess);
        if (labels.MarkAsValue is { } mark)
        {
            columns = NewColumns();
            weights = weight < 0 ? null : new WeightProfile(table.Names[weight], weight);
            ReadRows(table, columns, label, isLabel: field => !MissingMark.Is(field) || LabelValues.SameText(field, mark), (row, hasLabel) =>
                weights?.Add(row[weight], hasLabel, table.Path, row.Line), (_, _) => { });
        }
        weights?.Check(byRow, values, table.Path);
        foreach (ColumnProfile column in columns)
        {
            ColumnKind? kind = asked.TryGetValue(column.Index, out (ColumnKind Kind, string) wish) ? wish.Kind : null;
            column.Decide(kind, prefersComma: table.Separator == ';');
        }

        TableProfile profile = new(settings, table, labels, columns)
        {
            Labels = values,
            LabelByRow = byRow,
            PositiveIsGuess = isGuess,
            MarkAsLabel = labels.MarkAsValue,
            AgainstRest = labels.AgainstRest,
            MissingLabels = labels.Missing,
            Weight = weights is null ? null : (weights.Index, SafeName(weights.Name, table)),
            FoldByRow = folds?.ByRow,
        };
        if (!profile.UsedColumns.Any())
            throw new UserError($"{table.Path} has no column to learn from: {DataNotes.LeftOut(profile)}");
        profile._cells = plain.Take(labels);
        return profile;

        ColumnProfile[] NewColumns() => [.. Enumerable.Range(0, table.Names.Count)
            .Where(i => i != label && i != weight && i != fold)
            .Select(i => new ColumnProfile(table.Names[i], i))];
    }

    /// <summary>A column's name where a model's outputs stand beside it: one called Score would be taken for the score. No column of the table has it.</summary>
    public static string SafeName(string name, TableFile table)
    {
        if (name is not ("Features" or "PredictedLabel" or "Score" or "Probability"))
            return name;
        do
            name += " (table)";
        while (table.Names.Contains(name));
        return name;
    }

    public void Dispose() => _cells?.Dispose();

    private delegate bool LabelTest(ReadOnlySpan<char> field);

    /// <summary>One pass; the columns are shown only the rows with a label, which are those to learn from.</summary>
    private static void ReadRows(
        TableFile table, ColumnProfile[] columns, int label, LabelTest isLabel, Action<TableRows, bool> eachRow, Action<TableRows, double[]> eachLabelled)
    {
        long rows = ReadingProgress.Run($"Profiling {table.Path}", progress =>
        {
            double[] numbers = new double[columns.Length];
            using TableRows reader = table.OpenRows();
            while (reader.Read())
            {
                progress.Show(reader);
                bool hasLabel = isLabel(reader[label]);
                eachRow(reader, hasLabel);
                if (!hasLabel)
                    continue;
                for (int c = 0; c < columns.Length; c++)
                    numbers[c] = columns[c].Add(reader[columns[c].Index], reader.Line);
                eachLabelled(reader, numbers);
            }
            progress.Show(reader, isEnd: true);
            return reader.Row + 1;
        });
        if (rows == 0)
            throw new UserError($"{table.Path} has a line of column names but no rows.");
    }

    private static int LabelColumn(TableFile table, string? name)
    {
        if (name is not null)
            return table.Find(name, "--label");
        int called = table.IndexOf("Label");
        return called >= 0 ? called : table.Names.Count - 1;
    }

    /// <summary>What the user says about columns.</summary>
    private static Dictionary<int, (ColumnKind Kind, string Option)> Asked(TableFile table, TableSettings settings)
    {
        Dictionary<int, (ColumnKind Kind, string Option)> asked = [];
        foreach ((IReadOnlyList<string> names, ColumnKind kind, string option) in ((IReadOnlyList<string>, ColumnKind, string)[])
            [(settings.Ignored, ColumnKind.Ignored, "--ignore"), (settings.Categorical, ColumnKind.Categorical, "--categorical"),
                (settings.FreeTexts, ColumnKind.FreeText, "--text")])
        {
            foreach (int column in table.FindAll(names, option))
            {
                if (!asked.TryAdd(column, (kind, option)) && asked[column].Kind != kind)
                    throw new UserError($"{asked[column].Option} and {option} both name {Shown.Text(table.Names[column])}; name it in one of them.");
            }
        }
        return asked;
    }
}
