using System.Globalization;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>Plain text for a terminal: wrapped sentences, matrices and tables with aligned numbers.</summary>
/// <param name="writer">Where the text goes.</param>
/// <param name="shown">How many rows and columns of a matrix are shown; the rest is counted.</param>
internal sealed partial class Page(TextWriter writer, int shown = 6)
{
    private const int Width = 100;

    /// <summary>A number with six significant digits.</summary>
    public static string Number(double value) => value == 0 ? "0" : value.ToString("G6", CultureInfo.InvariantCulture).Replace("E", "e");

    /// <summary>A number that is an error: two significant digits.</summary>
    public static string Error(double value) => value.ToString(value == 0 ? "0" : "0.0e+00", CultureInfo.InvariantCulture);

    public Page Heading(string text)
    {
        writer.WriteLine(text);
        writer.WriteLine(new string('-', text.Length));
        return this;
    }

    /// <summary>Sentences, wrapped, and a blank line after them.</summary>
    public Page Text(string text)
    {
        foreach (string line in TextWrap.Lines(Size().Replace(text, m => m.Value.Replace(' ', '\u00A0')), Width))
            writer.WriteLine(line.Replace('\u00A0', ' '));
        return Gap();
    }

    /// <summary>What is explained, and what the reader should know about it.</summary>
    public Page Opening(Subject subject, IReadOnlyList<string> notes)
    {
        Text(subject.Describe());
        return notes.Count == 0 ? this : Text(string.Join(' ', notes));
    }

    public Page Gap()
    {
        writer.WriteLine();
        return this;
    }

    public Page Line(string text)
    {
        writer.WriteLine(text);
        return this;
    }

    /// <summary>A line that names a matrix, its numbers below it.</summary>
    public Page Matrix(string title, Matrix<double> matrix)
    {
        writer.WriteLine(title);
        int rows = Math.Min(shown, matrix.RowCount), columns = Math.Min(shown, matrix.ColumnCount);
        bool cutRows = rows < matrix.RowCount, cutColumns = columns < matrix.ColumnCount;
        string[][] cells = [.. Enumerable.Range(0, rows).Select(r =>
            Enumerable.Range(0, columns).Select(c => Number(matrix[r, c])).Concat(cutColumns ? ["..."] : Array.Empty<string>()).ToArray())];
        Cells(cells, "    ", 2);
        if (cutRows || cutColumns)
            writer.WriteLine($"    ... ({rows} x {columns} of {matrix.RowCount} x {matrix.ColumnCount} shown)");
        return this;
    }

    /// <summary>A row vector or a column, by its numbers in one line.</summary>
    public Page Vector(string title, IEnumerable<double> numbers)
    {
        double[] all = [.. numbers];
        string more = all.Length > shown ? $"  ... ({all.Length} in all)" : "";
        writer.WriteLine($"{title}{string.Join("  ", all.Take(shown).Select(Number))}{more}");
        return this;
    }

    /// <summary>A table; its first row is the heading. The first columns, of words, are aligned left, the others right.</summary>
    public Page Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows, int textColumns = 1)
    {
        Cells([[.. heading], .. rows.Select(r => r.ToArray())], "  ", 3, textColumns);
        return Gap();
    }

    // A size such as 3 x 4 or m = 569 stays on one line.
    [GeneratedRegex(@"\d x (?=\d)|[DHm] = (?=\d)")]
    private static partial Regex Size();

    private void Cells(string[][] rows, string indent, int gap, int textColumns = 0)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, c) => c < textColumns ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]));
            writer.WriteLine((indent + string.Join(new string(' ', gap), cells)).TrimEnd());
        }
    }
}
