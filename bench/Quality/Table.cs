using System.Globalization;

namespace MlNetShallowNet.Quality;

/// <summary>A table with a yes/no label in its last column, and the fold of each row.</summary>
internal sealed record Table(string Name, string[] Columns, string[][] Cells, bool[] Labels, int[] Folds)
{
    /// <summary>Reads <c>NAME.csv</c> (comma separated, a header, nothing quoted, empty = missing) and <c>folds/NAME.csv</c> beside it.</summary>
    public static Table Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[0].Split(',');
        string[][] rows = [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];
        string name = Path.GetFileNameWithoutExtension(path);
        string folds = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "folds", name + ".csv");
        string[] foldLines = [.. File.ReadAllLines(folds).Where(l => l.Length > 0)];
        int[] foldOf = [.. foldLines.Skip(foldLines.Length - rows.Length).Select(l => int.Parse(l.Split(',')[^1], CultureInfo.InvariantCulture))];
        if (foldOf.Length != rows.Length)
            throw new InvalidDataException($"'{folds}' has {foldOf.Length} folds for the {rows.Length} rows of '{path}'.");
        int D = header.Length - 1;
        string[][] cells = [.. Enumerable.Range(0, D).Select(d => Array.ConvertAll(rows, r => r[d]))];
        return new Table(name, header[..D], cells, Array.ConvertAll(rows, r => r[D] == "1"), foldOf);
    }
}
