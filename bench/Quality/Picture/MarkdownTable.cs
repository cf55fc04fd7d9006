namespace MlNetShallowNet.Quality.Picture;

/// <summary>The tables of a Markdown page.</summary>
internal static class MarkdownTable
{
    /// <summary>The rows of the first table that has the column, each by its columns' names.</summary>
    /// <exception cref="BenchError">The page or the table is not there.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path, string column)
    {
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : throw new BenchError($"'{path}' is not there; the command that makes it stands in bench/README.md.");
        int header = Array.FindIndex(lines, line => line.StartsWith('|') && Cells(line).Contains(column));
        if (header < 0)
            throw new BenchError($"'{path}' has no table with the column '{column}'.");
        string[] names = Cells(lines[header]);
        return
        [
            .. lines.Skip(header + 2).TakeWhile(line => line.StartsWith('|'))
                .Select(line => Cells(line).Zip(names).ToDictionary(cell => cell.Second, cell => cell.First)),
        ];
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
