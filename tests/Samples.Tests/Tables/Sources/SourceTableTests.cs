using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.SourcesTests.Parquet;
using ParquetSharp;

namespace MlNetShallowNet.SamplesTests;

/// <summary>The same table as CSV, as Parquet, in several files, and in a database: the same network, and the same predictions.</summary>
public sealed class SourceTableTests : Shallownet
{
    private const int Count = 90;

    private static readonly float[] _x = [.. Enumerable.Range(0, Count).Select(i => MathF.Sin(1.7f * i) * 3)];
    private static readonly double?[] _y = [.. Enumerable.Range(0, Count).Select(i => i % 11 == 0 ? null : (double?)Math.Cos(2.3 * i))];
    private static readonly string?[] _w = [.. Enumerable.Range(0, Count).Select(i => i % 7 == 0 ? null : i % 5 < 2 ? "red, \"dark\"" : "green")];
    private static readonly DateTime[] _at = [.. Enumerable.Range(0, Count).Select(i => new DateTime(2024, 1, 1).AddHours(7.5 * i))];
    private static readonly long[] _id = [.. Enumerable.Range(0, Count).Select(i => 9_000_000_000_000_000_001 + i)];
    private static readonly bool?[] _yes = [.. Enumerable.Range(0, Count).Select(i => i == 13 ? null : (bool?)((_x[i] > 0) ^ (_w[i] == "green")))];

    private string Csv(string name, int start = 0, int count = Count, bool endsWithALineBreak = true)
    {
        string text = string.Join("\n", Enumerable.Range(start, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{_id[i]},{_x[i]},{_y[i]},{(_w[i] is { } w ? $"\"{w.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : "")},{_at[i]:yyyy-MM-dd HH:mm:ss},{(_yes[i] is { } yes ? yes ? "true" : "false" : "")}"))
            .Prepend("id,x,y,w,at,yes"));
        return Write(name, endsWithALineBreak ? text + "\n" : text);
    }

    private string Parquet(string name, int start = 0, int count = Count)
    {
        ParquetFile.Write(
            PathOf(name), count, 40, ParquetFile.Of("id", Of(_id)), ParquetFile.Of("x", Of(_x)), ParquetFile.Of("y", Of(_y)), ParquetFile.Of("w", Of(_w)),
            ParquetFile.Of("at", Of(_at), LogicalType.Timestamp(true, TimeUnit.Micros)), ParquetFile.Of("yes", Of(_yes)));
        return name;

        T[] Of<T>(T[] values) => values[start..(start + count)];
    }

    private string Network(params string[] table)
    {
        Run("train", [.. table, "--ignore", "id", "--preset", "fast", "--epochs", "3", "--network", "n.json", "--model", "m.zip"]).Succeeds();
        return File.ReadAllText(PathOf("n.json"));
    }

    private Run Run(string command, string[] arguments) => Run([command, .. arguments]);

    [Fact]
    public void ParquetIsReadAsItsTextIs()
    {
        string expected = Network("--data", Csv("t.csv"));
        Assert.Equal(expected, Network("--data", Parquet("t.parquet")));
        Run predicted = Run("predict", "--model", "m.zip", "--data", "t.parquet", "--keep", "id,w").Succeeds();
        Assert.Equal(predicted.Output, Run("predict", "--model", "m.zip", "--data", "t.csv", "--keep", "id,w").Succeeds().Output);
        Assert.StartsWith("9000000000000000001,", predicted.Lines[1], StringComparison.Ordinal);
        Run("evaluate", "--model", "m.zip", "--data", "t.parquet").Says("1 row without a label left out");
        Run trained = Run("train", "--data", "t.parquet", "--ignore", "id", "--preset", "fast", "--epochs", "1").Succeeds();
        trained.Says("Data: t.parquet");
        Assert.DoesNotContain("separator", trained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AParquetFileThatIsNotAFileOfItsOwnIsRefused()
    {
        byte[] bytes = File.ReadAllBytes(PathOf(Parquet("t.parquet")));
        using (GZipStream gzip = new(File.Create(PathOf("t.parquet.gz")), CompressionLevel.Fastest))
            gzip.Write(bytes);
        Run("train", "--data", "t.parquet.gz").FailsWith("t.parquet.gz holds a Parquet file", "give the file itself");
        System.Diagnostics.Process process = Start(input: true, "train", "--data", "-");
        process.StandardInput.BaseStream.Write(bytes);
        process.StandardInput.Close();
        Wait(process).FailsWith("standard input holds a Parquet file", "give the file itself");
    }

    [Fact]
    public void ItsContentMakesAParquetFileOneWhateverItsName()
    {
        string expected = Network("--data", Parquet("t.parquet"));
        File.Move(PathOf("t.parquet"), PathOf("t.csv"));
        Assert.Equal(expected, Network("--data", "t.csv"));
    }

    [Fact]
    public void FilesOfAPatternAreOneTable()
    {
        string expected = Network("--data", Csv("t.csv"));
        Csv("part-1.csv", 0, 30, endsWithALineBreak: false);
        using (FileStream compressed = File.Create(PathOf("part-2.csv")))
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(PathOf(Csv("later", 30, 30))));
        File.WriteAllText(PathOf("part-3.csv"), "\uFEFF" + File.ReadAllText(PathOf(Csv("later", 60, 30))), new System.Text.UTF8Encoding(false));
        Assert.Equal(expected, Network("--data", "part-*.csv"));
        Parquet("part-1.parquet", 0, 50);
        Parquet("part-2.parquet", 50, 40);
        Assert.Equal(expected, Network("--data", "part-?.parquet"));
    }

    [Fact]
    public void ByteOrderMarksOfFilesWithoutNamesAreNoPartOfTheData()
    {
        UTF8Encoding marked = new(true);
        File.WriteAllText(PathOf("part-1.csv"), "1,0\n", marked);
        File.WriteAllText(PathOf("part-2.csv"), "2,1\n", marked);
        using (GZipStream gzip = new(File.Create(PathOf("part-3.csv")), CompressionLevel.Fastest))
            gzip.Write([.. marked.Preamble, .. "3,1\n"u8]);
        Inside(() =>
        {
            using TableRows rows = TableFile.Open("part-?.csv", new TextFormat { HasHeader = false }).OpenRows();
            List<string> cells = [];
            while (rows.Read())
                cells.Add(rows[0].ToString());
            Assert.Equal(["1", "2", "3"], cells);
        });
    }

    [Theory]
    [InlineData("# export v1\n", "# export v2\n\n", "\n")]
    [InlineData("\n", "\n", "\n")]
    [InlineData("", "\n# later\n", "\r\n")]
    [InlineData("sep=,\n", "sep=,\n", "\n")]
    [InlineData("", "", "\r")]
    [InlineData("# by hand\n", "", "\r")]
    [InlineData("Title\n\nby,me\n", "Title\n\nby,me\n", "\n")]
    public void WhatStandsBeforeTheNamesOfEachFileIsNoRow(string first, string second, string lineEnd)
    {
        string expected = Network("--data", Csv("t.csv"));
        Write("part-1.csv", (first + File.ReadAllText(PathOf(Csv("t1", 0, 40)))).Replace("\n", lineEnd, StringComparison.Ordinal));
        Write("part-2.csv", (second + File.ReadAllText(PathOf(Csv("t2", 40, 50)))).Replace("\n", lineEnd, StringComparison.Ordinal));
        Assert.Equal(expected, Network("--data", "part-*.csv"));
    }

    [Fact]
    public void FilesThatDoNotFitTogetherAreRefused()
    {
        Csv("part-1.csv", 0, 30);
        Write("part-2.csv", "id,y,x,w,at,yes\n");
        Fails("part-*.csv", "part-2.csv has another first line than part-1.csv");
        Write("part-2.csv", "# a comment\nid,y,x,w,at,yes\n");
        Fails("part-*.csv", "part-2.csv has another first line than part-1.csv");
        Write("part-2.csv", "\n\n");
        Fails("part-*.csv", "part-2.csv has another first line than part-1.csv");
        File.WriteAllText(PathOf("part-2.csv"), "id,x,y,w,at,yes\n", System.Text.Encoding.Unicode);
        Fails("part-*.csv", "part-2.csv is UTF-16");
        Parquet("part-2.csv");
        Fails("part-*.csv", "part-2.csv is a Parquet file and part-1.csv is none");
        ParquetFile.Write(PathOf("p1.parquet"), 1, 1, ParquetFile.Of("x", [1f]));
        ParquetFile.Write(PathOf("p2.parquet"), 1, 1, ParquetFile.Of("x", [1.0]));
        Fails("p?.parquet", "p2.parquet has the columns x (Double) and p1.parquet has x (Single)");
        Fails("none-*.csv", "No file is called like none-*.csv");
        ParquetFile.Write(PathOf("nested.parquet"), 1, 1, ParquetFile.Of("x", [1f]), ParquetFile.Of("tags", new int[][] { [1] }));
        Fails("nested.parquet", "nested.parquet: column 'tags' is nested");

        void Fails(string data, string said) => Run("train", "--data", data).FailsWith(said);
    }

    [Fact]
    public void WhatIsSaidOfTextIsRefusedOfParquet() =>
        Run("train", "--data", Parquet("t.parquet"), "--separator", "semicolon").FailsWith("t.parquet is no text, so --separator");

    [Fact]
    public void AQueryIsATable()
    {
        string expected = Network("--data", Csv("t.csv"));
        using (SqliteConnection database = new($"Data Source={PathOf("t.db")};Pooling=False"))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = "CREATE TABLE t (id INTEGER, x REAL, y REAL, w TEXT, at DATETIME, yes BOOLEAN)";
            command.ExecuteNonQuery();
            for (int i = Count - 1; i >= 0; i--)
            {
                // The single's shortest digits, as the text has them.
                command.CommandText = string.Create(
                    CultureInfo.InvariantCulture,
                    $"INSERT INTO t VALUES ({_id[i]}, {_x[i]}, {Sql(_y[i])}, {(_w[i] is { } w ? $"'{w}'" : "NULL")}, '{_at[i]:yyyy-MM-dd HH:mm:ss}', {Sql(_yes[i] is { } yes ? yes ? 1 : 0 : null)})");
                command.ExecuteNonQuery();
            }
        }
        Write("appsettings.json", $$"""{ "ConnectionStrings": { "shop": "Data Source={{PathOf("t.db")}};Pooling=False" } }""");
        Assert.Equal(expected, Network("--query", "SELECT * FROM t ORDER BY id", "--connection-name", "shop"));
        Run("evaluate", "--model", "m.zip", "--query", "SELECT * FROM t ORDER BY id", "--connection-name", "shop").Succeeds().Says("on the query of shop");
        Run("train", "--query", "SELECT * FROM t", "--connection-name", "shop").FailsWith("The query has no ORDER BY");
        Run("train", "--query", "SELECT * FROM nowhere ORDER BY 1", "--connection-name", "shop").FailsWith("the database reports an error", "no such table");
        Run("train", "--query", "SELECT 1 ORDER BY 1", "--connection-name", "other").FailsWith("no connection string called 'other'", "ConnectionStrings__other");

        static string Sql(double? value) => value is { } there ? there.ToString("R", CultureInfo.InvariantCulture) : "NULL";
    }

    [Fact]
    public void TimesOfAQueryAreThoseOfItsText()
    {
        (string Clock, string At)[] rows = [.. Enumerable.Range(0, 60).Select(i => ($"{i * 7 % 24:00}:{i * 13 % 60:00}:00", $"2024-05-{i % 28 + 1:00}T{i * 5 % 24:00}:10:00{(i % 3 == 0 ? "+02:00" : "")}"))];
        Write("t.csv", "id,clock,at,yes\n" + string.Concat(rows.Select((row, i) => $"{i},{row.Clock},{row.At},{i % 5 < 2}\n")));
        string expected = Network("--data", "t.csv");
        using (SqliteConnection database = new($"Data Source={PathOf("t.db")};Pooling=False"))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = "CREATE TABLE t (id INTEGER, clock TIME, at DATETIME, yes BOOLEAN); INSERT INTO t VALUES "
                + string.Join(", ", rows.Select((row, i) => $"({i}, '{row.Clock}', '{row.At}', {i % 5 < 2})"));
            command.ExecuteNonQuery();
        }
        Write("appsettings.json", $$"""{ "ConnectionStrings": { "shop": "Data Source={{PathOf("t.db")}};Pooling=False" } }""");
        Assert.Equal(expected, Network("--query", "SELECT * FROM t ORDER BY id", "--connection-name", "shop"));
    }

    [Fact]
    public void ASecretConnectionStringIsNotShown()
    {
        Write("appsettings.json", """{ "ConnectionStrings": { "a": "Password=hidden", "b": "hidden", "c": 5 } }""");
        foreach (string name in (string[])["a", "b", "c"])
        {
            Run run = Run("train", "--query", "SELECT 1 ORDER BY 1", "--connection-name", name);
            run.FailsWith(name == "c" ? "appsettings.json" : $"The connection string called '{name}' names neither");
            Assert.DoesNotContain("hidden", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Host=h;Usr=a", "PostgreSQL (Couldn't set usr")]
    [InlineData("Host=h;Port=abc", "PostgreSQL (Couldn't set port")]
    [InlineData("Data Source=x.db;Foo=1", "SQLite (Connection string keyword 'foo' is not supported")]
    [InlineData("Data Source=x.db;Pooling=maybe", "SQLite (String 'maybe' was not recognized as a valid Boolean")]
    public void AMistakeInAConnectionStringIsTheUsers(string text, string said)
    {
        Write("appsettings.json", $$"""{ "ConnectionStrings": { "shop": "{{text}}" } }""");
        Run("train", "--query", "SELECT 1 ORDER BY 1", "--connection-name", "shop").FailsWith($"The connection string called 'shop' is none of {said}");
    }

    [Fact]
    public void ADatabaseThatIsNotThereIsNotMade()
    {
        Write("appsettings.json", """{ "ConnectionStrings": { "shop": "Data Source=typo.db" } }""");
        Run("train", "--query", "SELECT 1 ORDER BY 1", "--connection-name", "shop").FailsWith("There is no file 'typo.db', which the connection string called 'shop' names");
        Assert.Equal([PathOf("appsettings.json")], Directory.GetFiles(PathOf("")));
    }

    [Fact]
    public void ADatabaseWithAWriteAheadLogIsReadAndLeftAsItWas()
    {
        string connection = $"Data Source={PathOf("t.db")};Pooling=False";
        using SqliteConnection database = new(connection);
        database.Open();
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL; CREATE TABLE t (x REAL, Label INT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO t SELECT i, i > 30 FROM n;
            """;
        command.ExecuteNonQuery();
        Write("appsettings.json", $$"""{ "ConnectionStrings": { "shop": "{{connection}}" } }""");
        Train(); // while another process writes
        database.Close();
        Train();
        Assert.Equal([PathOf("appsettings.json"), PathOf("m.zip"), PathOf("t.db")], Directory.GetFiles(PathOf("")).Order(StringComparer.Ordinal));

        void Train() => Run("train", "--query", "SELECT * FROM t ORDER BY x", "--connection-name", "shop", "--preset", "fast", "--epochs", "1", "--model", "m.zip").Succeeds();
    }

    [Theory]
    [InlineData("train --data t.csv --query x --connection-name y", "give one of them")]
    [InlineData("train --query x", "--query and --connection-name belong together")]
    [InlineData("evaluate --model m.zip --connection-name y", "--query and --connection-name belong together")]
    [InlineData("evaluate --model m.zip", "shallownet evaluate needs --data <file>, or --query <sql> with --connection-name <name>.")]
    public void ATableHasOnePlace(string line, string said) => RunLine(line).IsMisused(said);
}
