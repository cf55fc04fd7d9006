using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>Cells in columns: the first ones, of words, aligned left, the others right.</summary>
/// <param name="Rows">The rows, the heading first if there is one.</param>
/// <param name="Words">How many columns are words.</param>
/// <param name="Indent">Spaces before a row.</param>
/// <param name="Gap">Spaces between columns.</param>
internal sealed record TextTable(string[][] Rows, int Words, int Indent, int Gap)
{
    private const int LeastText = 20, LeastGap = 2;

    /// <summary>The lines.</summary>
    public IEnumerable<string> Lines()
    {
        int[] widths = Widths();
        string indent = new(' ', Indent), gap = new(' ', Gap);
        return Rows.Select(row =>
            (indent + string.Join(gap, row.Select((cell, c) => c < Words ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c])))).TrimEnd());
    }

    /// <summary>How many columns a width has room for, at least the first.</summary>
    public int Fitting(int width)
    {
        int[] widths = Widths();
        int columns = 1;
        for (int taken = Indent + widths[0]; columns < widths.Length && (taken += Gap + widths[columns]) <= width;)
            columns++;
        return columns;
    }

    /// <summary>The same within a width: what there is no room for stands in further tables, each with the first column again; where all columns
    /// are words, the last one is wrapped.</summary>
    public IEnumerable<TextTable> Within(int width)
    {
        int columns = Rows[0].Length;
        if (Words == columns)
            return [Wrapped(width)];
        int fitting = Math.Max(Fitting(width), Math.Min(Words + 1, columns));
        if (fitting == columns)
            return [this];
        if (Gap > LeastGap && (this with { Gap = LeastGap }).Fitting(width) == columns)
            return [this with { Gap = LeastGap }];
        TextTable rest = this with { Rows = [.. Rows.Select(row => (string[])[row[0], .. row[fitting..]])], Words = 1 };
        return [this with { Rows = [.. Rows.Select(row => row[..fitting])] }, .. rest.Within(width)];
    }

    private TextTable Wrapped(int width)
    {
        int room = Math.Max(LeastText, width - Indent - Widths()[..^1].Sum(w => w + Gap));
        return this with
        {
            Rows = [.. Rows.SelectMany(row => TextWrap.Lines(row[^1], room).Select((line, i) =>
                (string[])[.. row[..^1].Select(cell => i == 0 ? cell : ""), line]))],
        };
    }

    private int[] Widths() => [.. Enumerable.Range(0, Rows[0].Length).Select(c => Rows.Max(row => row[c].Length))];
}
