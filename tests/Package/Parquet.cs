using ParquetSharp;

// Writes a table of numbers as a Parquet file of doubles.
string[][] lines = [.. File.ReadLines(args[0]).Select(line => line.Split(','))];
using ParquetFileWriter file = new(args[1], [.. lines[0].Select(name => new Column<double>(name))]);
using (RowGroupWriter group = file.AppendRowGroup())
{
    for (int column = 0; column < lines[0].Length; column++)
    {
        using LogicalColumnWriter<double> writer = group.NextColumn().LogicalWriter<double>();
        writer.WriteBatch([.. lines.Skip(1).Select(line => double.Parse(line[column], System.Globalization.CultureInfo.InvariantCulture))]);
    }
}
file.Close();
