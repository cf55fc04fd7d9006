using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Sources;
using MlNetShallowNet.SourcesTests.Parquet;
using MlNetShallowNet.TestTools;
using Npgsql;

namespace MlNetShallowNet.SourcesTests;

/// <summary>The same rows give the same network to the last bit, wherever they come from.</summary>
public sealed class SameNetworkTests(PostgreSql server) : Folder, IClassFixture<PostgreSql>
{
    private const int Count = 600;

    private static readonly float[] _x = [.. Enumerable.Range(0, Count).Select(i => MathF.Sin(1.7f * i) * 3)];
    private static readonly float[] _y = [.. Enumerable.Range(0, Count).Select(i => MathF.Cos(2.3f * i) + 0.1f)];
    private static readonly string[] _w = [.. Enumerable.Range(0, Count).Select(i => i % 5 < 2 ? "red" : i % 5 < 4 ? "green" : "")];
    private static readonly bool[] _labels = [.. Enumerable.Range(0, Count).Select(i => (_x[i] * _y[i] > 0) ^ (_w[i] == "red"))];

    private static readonly MLContext _ml = new();

    private static IDataView Memory { get; } = _ml.Data.LoadFromEnumerable(
        Enumerable.Range(0, Count).Select(i => new Row { x = _x[i], y = _y[i], w = _w[i], Label = _labels[i] }));

    private static string Json(IEnumerable<RowPart> parts)
    {
        ITransformer features = _ml.Transforms.Conversion.ConvertType("x", outputKind: DataKind.Single)
            .Append(_ml.Transforms.Conversion.ConvertType("y", outputKind: DataKind.Single))
            .Append(_ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean))
            .Append(_ml.Transforms.Categorical.OneHotEncoding("w"))
            .Append(_ml.Transforms.Concatenate("Features", "x", "y", "w"))
            .Fit(Memory);
        ShallowNetworkTrainer trainer = _ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { HiddenUnits = 4, NumberOfIterations = 5, Seed = 3 });
        using MemoryStream json = new();
        NetworkJson.Write(trainer.FitParts([.. parts.Select(part => part.Transformed(features))]).Model, json);
        return System.Text.Encoding.UTF8.GetString(json.ToArray());
    }

    private static string Expected() => Json([RowPart.Of(Memory, "memory")]);

    private string ParquetPath(int rowsInGroup) => ParquetFile.Write(
        PathOf($"rows-{rowsInGroup}.parquet"), Count, rowsInGroup, ParquetFile.Of("y", _y), ParquetFile.Of("x", [.. _x.Select(x => (float?)x)]),
        ParquetFile.Of("w", [.. _w.Select(w => w.Length == 0 ? null! : w)]), ParquetFile.Of("Label", _labels));

    [Fact]
    public void FromParquet()
    {
        string expected = Expected();
        Assert.Equal(expected, Json(ParquetRows.Files(ParquetPath(Count))));
        Assert.Equal(expected, Json(ParquetRows.RowGroups(ParquetPath(170))));
    }

    [Fact]
    public void FromText()
    {
        for (int part = 0; part < 3; part++)
        {
            int start = part * Count / 3;
            File.WriteAllLines(PathOf($"part-{part}.csv"), Enumerable.Range(start, Count / 3).Select(
                i => string.Create(CultureInfo.InvariantCulture, $"{_x[i]},{_y[i]},{_w[i]},{_labels[i]}")).Prepend("x,y,w,Label"));
        }
        TextLoader.Options options = new()
        {
            Columns = [new("x", DataKind.Single, 0), new("y", DataKind.Single, 1), new("w", DataKind.String, 2), new("Label", DataKind.Boolean, 3)],
            Separators = [','],
            HasHeader = true,
        };
        IReadOnlyList<RowPart> parts = TextRows.Files(PathOf("part-*.csv"), options);
        Assert.Equal(3, parts.Count);
        Assert.Equal(Expected(), Json(parts));

        File.WriteAllLines(PathOf("part-1.csv"), ["y,x,w,Label", .. File.ReadLines(PathOf("part-1.csv")).Skip(1)]);
        string message = Assert.Throws<InvalidDataException>(() => TextRows.Files(PathOf("part-*.csv"), options)).Message;
        Assert.StartsWith($"{PathOf("part-1.csv")} begins with the line 'y,x,w,Label'", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TextRows.Files(PathOf("part-*.csv"), new TextLoader.Options()));
    }

    [Fact]
    public void FromADataView()
    {
        IReadOnlyList<RowPart> parts = ViewRows.Split(Memory, "memory", 7);
        Assert.Equal("rows 86 to 171 of memory", parts[1].Name);
        Assert.Equal(Expected(), Json(parts));
        Assert.Equal(2, ViewRows.Split(_ml.Data.TakeRows(Memory, 2), "two", 5).Count);
        Assert.Equal(
            "none has no rows; rows with a label are needed.",
            Assert.Throws<InvalidDataException>(() => ViewRows.Split(_ml.Data.LoadFromEnumerable<Row>([]), "none", 5)).Message);
    }

    [Fact]
    public void FromAFileThatIsADatabase()
    {
        string connection = $"Data Source={PathOf("rows.db")};Pooling=False";
        using (SqliteConnection database = new(connection))
        {
            database.Open();
            using SqliteCommand create = database.CreateCommand();
            create.CommandText = "CREATE TABLE t (id INTEGER PRIMARY KEY, x REAL, y REAL, w TEXT, Label BOOLEAN)";
            create.ExecuteNonQuery();
            using SqliteTransaction transaction = database.BeginTransaction();
            for (int i = Count - 1; i >= 0; i--)
            {
                using SqliteCommand insert = database.CreateCommand();
                (insert.CommandText, insert.Transaction) = ("INSERT INTO t VALUES ($id, $x, $y, $w, $label)", transaction);
                insert.Parameters.AddWithValue("$id", i);
                insert.Parameters.AddWithValue("$x", _x[i]);
                insert.Parameters.AddWithValue("$y", _y[i]);
                insert.Parameters.AddWithValue("$w", _w[i].Length == 0 ? DBNull.Value : _w[i]);
                insert.Parameters.AddWithValue("$label", _labels[i]);
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        Assert.Equal(Expected(), Json(new DatabaseRows(() => new SqliteConnection(connection), "SELECT * FROM t", "id").Split(3)));
    }

    [SkippableFact]
    public void FromADatabaseServer()
    {
        PostgreSql.Require();
        using (NpgsqlConnection database = new(server.ConnectionString))
        {
            database.Open();
            using NpgsqlCommand create = new("CREATE TABLE same_rows (id BIGINT, x REAL, y REAL, w TEXT, \"Label\" BOOLEAN)", database);
            create.ExecuteNonQuery();
            using NpgsqlBinaryImporter import = database.BeginBinaryImport("COPY same_rows FROM STDIN (FORMAT BINARY)");
            for (int i = Count - 1; i >= 0; i--)
                import.WriteRow((long)i, _x[i], _y[i], _w[i].Length == 0 ? null : _w[i], _labels[i]);
            import.Complete();
        }
        Assert.Equal(Expected(), Json(new DatabaseRows(() => new NpgsqlConnection(server.ConnectionString), "SELECT * FROM same_rows", "id").Split(4)));
    }

    private sealed class Row
    {
        public float x { get; set; }

        public float y { get; set; }

        public string w { get; set; } = "";

        public bool Label { get; set; }
    }
}
