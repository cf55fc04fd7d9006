using System.Globalization;
using System.IO.Compression;
using nietras.SeparatedValues;

namespace MlNetShallowNet.Quality.Tables;

/// <summary>A table with a yes/no label in its last column.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Columns">The columns' names, without the label.</param>
/// <param name="Cells">The cells of each column; empty = missing.</param>
/// <param name="Labels">The label of each row: 1 is positive.</param>
/// <param name="Folds">The fold of each row; null where none are given.</param>
internal sealed record Table(string Name, string[] Columns, string[][] Cells, bool[] Labels, int[]? Folds)
{
    private static readonly string[] _endings = [".csv", ".csv.gz"];

    /// <summary>The tables of a folder, all or those named, by name.</summary>
    /// <exception cref="BenchError">There are none.</exception>
    public static string[] Find(string folder, IReadOnlyCollection<string> only)
    {
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Where(IsTable).Where(f => only.Count == 0 || only.Contains(NameOf(f))).Order(StringComparer.Ordinal)]
            : [];
        string[] missing = [.. only.Where(name => !files.Any(f => NameOf(f) == name))];
        return files.Length > 0 && missing.Length == 0 ? files
            : throw new BenchError($"'{folder}' has no table {(missing.Length > 0 ? string.Join(", ", missing) : "NAME.csv or NAME.csv.gz")}.");
    }

    /// <summary>Reads <c>NAME.csv</c> or <c>NAME.csv.gz</c> (commas, a header), and <c>folds/</c> with the same name beside it where it is there.</summary>
    public static Table Read(string path, IReadOnlyCollection<string> ignore)
    {
        (string[] header, List<string[]> rows) = ReadCells(path);
        int[] kept = [.. Enumerable.Range(0, header.Length - 1).Where(d => !ignore.Contains(header[d]))];
        return new Table(
            NameOf(path), [.. kept.Select(d => header[d])], [.. kept.Select(d => rows.Select(r => r[d]).ToArray())],
            [.. rows.Select(r => r[^1] == "1")], ReadFolds(path, rows.Count));
    }

    /// <summary>A column of sentences, not of words: most of its cells have blanks, and hardly one is there twice.</summary>
    public bool IsSentences(int column) =>
        Cells[column].Count(c => c.Contains(' ')) > Labels.Length / 2 && Cells[column].Distinct().Count() > Labels.Length * 0.8;

    private static int[]? ReadFolds(string path, int rows)
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "folds");
        string? file = _endings.Select(ending => Path.Combine(folder, NameOf(path) + ending)).FirstOrDefault(File.Exists);
        if (file is null)
            return null;
        int[] folds = [.. ReadCells(file).Rows.Select(r => int.Parse(r[^1], CultureInfo.InvariantCulture))];
        return folds.Length == rows ? folds : throw new BenchError($"'{file}' has {folds.Length} folds for the {rows} rows of '{path}'.");
    }

    private static (string[] Header, List<string[]> Rows) ReadCells(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using SepReader reader = Sep.New(',').Reader(o => o with { Unescape = true }).From(text);
        var rows = new List<string[]>();
        foreach (SepReader.Row row in reader)
        {
            string[] cells = new string[row.ColCount];
            for (int d = 0; d < cells.Length; d++)
                cells[d] = row[d].ToString();
            rows.Add(cells);
        }

        return ([.. reader.Header.ColNames], rows);
    }

    private static bool IsTable(string path) => _endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));

    private static string NameOf(string path) => Path.GetFileName(path).Split('.')[0];
}
