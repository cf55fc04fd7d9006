using System.Globalization;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>Plain text for a terminal: wrapped sentences, matrices and tables with aligned numbers.</summary>
/// <param name="writer">Where the text goes.</param>
/// <param name="shown">How many rows and columns of a matrix are shown; the rest is counted, and so are columns that the terminal has no room for.</param>
/// <param name="width">How wide the text is; null for as wide as the terminal.</param>
internal sealed partial class Page(TextWriter writer, int shown = 6, int? width = null)
{
    private const string More = "...";

    private readonly int _width = width ?? Terminal.TextWidth;

    /// <summary>A number with six significant digits.</summary>
    public static string Number(double value) => value == 0 ? "0" : value.ToString("G6", CultureInfo.InvariantCulture).Replace("E", "e");

    /// <summary>A number that is an error: two significant digits.</summary>
    public static string Error(double value) => value.ToString(value == 0 ? "0" : "0.0e+00", CultureInfo.InvariantCulture);

    public Page Heading(string text)
    {
        writer.WriteLine(new string('-', Wrap(text).Length));
        return this;
    }

    /// <summary>Sentences, wrapped, and a blank line after them.</summary>
    public Page Text(string text)
    {
        Wrap(Size().Replace(text, m => m.Value.Replace(' ', '\u00A0')));
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

    /// <summary>A formula and its sizes behind it, or below it where they don't fit.</summary>
    public Page Formula(string formula, string sizes)
    {
        if (formula.Length + 4 + sizes.Length <= _width)
            return Line($"{formula}    {sizes}");
        Wrap(formula);
        Wrap(sizes, margin: "    ");
        return this;
    }

    /// <summary>A line that names a matrix, its numbers below it.</summary>
    public Page Matrix(string title, Matrix<double> matrix)
    {
        string margin = title[..^title.TrimStart().Length];
        Wrap(title[margin.Length..], margin);
        int rows = Math.Min(shown, matrix.RowCount), columns = Math.Min(shown, matrix.ColumnCount);
        TextTable cells = new(
            [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Select(c => Number(matrix[r, c])).Append(More).ToArray())], 0, Indent: 4, Gap: 2);
        int fitting = cells.Fitting(_width);
        bool cutRows = rows < matrix.RowCount, cutColumns = fitting < columns || columns < matrix.ColumnCount;
        // Columns that are cut off leave their room to the dots.
        columns = Math.Min(columns, cutColumns ? Math.Max(1, fitting - 1) : fitting);
        Write(cells with { Rows = [.. cells.Rows.Select(row => (string[])[.. row[..columns], .. cutColumns ? [More] : Array.Empty<string>()])] });
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
        foreach (TextTable table in new TextTable([[.. heading], .. rows.Select(r => r.ToArray())], textColumns, Indent: 2, Gap: 3).Within(_width))
            Write(table).Gap();
        return this;
    }

    // A size such as 3 x 4 or m = 569 stays on one line.
    [GeneratedRegex(@"\d x (?=\d)|[DHm] = (?=\d)")]
    private static partial Regex Size();

    // Writes lines of the page's width, and returns the last one.
    private string Wrap(string text, string margin = "")
    {
        string last = "";
        foreach (string line in TextWrap.Lines(text, _width - margin.Length))
            writer.WriteLine(last = margin + line.Replace('\u00A0', ' '));
        return last;
    }

    private Page Write(TextTable table)
    {
        foreach (string line in table.Lines())
            writer.WriteLine(line);
        return this;
    }
}
