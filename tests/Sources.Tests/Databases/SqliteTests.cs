using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.ML;
using MlNetShallowNet.Sources;

namespace MlNetShallowNet.SourcesTests.Databases;

/// <summary>The rows of a query, in a database that is a file and gives each value a type of its own.</summary>
public sealed class SqliteTests : Folder
{
    private DatabaseRows Rows(string query, string key = "id") => new(Connect, query, key);

    private SqliteConnection Connect() => new($"Data Source={PathOf("rows.db")};Pooling=False");

    private void Run(string sql)
    {
        using SqliteConnection connection = Connect();
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string[] Messages(Action action) => [Assert.Throws<InvalidDataException>(action).Message];

    [Fact]
    public void DeclaredTypesCarryOverWithTheirMissingValues()
    {
        Run("""
            CREATE TABLE t (id INTEGER PRIMARY KEY, r REAL, n NUMERIC, d DECIMAL(10,2), b BOOLEAN, at DATETIME, w VARCHAR(9));
            INSERT INTO t VALUES (2, 0.5, 3, 1.25, 1, '2024-05-14 12:30:15', 'x'), (1, NULL, 2.5, NULL, 0, '2024-05-14', NULL);
            """);
        RowPart part = Assert.Single(Rows("SELECT * FROM t;").Split(1));
        Assert.Equal(["id Double", "r Double", "n Double", "d Double", "b Boolean", "at DateTime", "w String"], part.Columns());
        Assert.Equal([1, 2], part.Values<double>("id"));
        Assert.Equal([double.NaN, 0.5], part.Values<double>("r"));
        Assert.Equal([2.5, 3], part.Values<double>("n"));
        Assert.Equal([double.NaN, 1.25], part.Values<double>("d"));
        Assert.Equal([false, true], part.Values<bool>("b"));
        Assert.Equal([new DateTime(2024, 5, 14), new DateTime(2024, 5, 14, 12, 30, 15)], part.Values<DateTime>("at"));
        Assert.Equal(["", "x"], part.Texts("w"));
    }

    [Fact]
    public void ComputedColumnsHaveTheTypeOfTheirFirstValue()
    {
        Run("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); INSERT INTO t VALUES (1, NULL), (2, 5), (3, NULL), (4, 6);");
        RowPart part = Assert.Single(Rows("SELECT id, a * 2 AS twice, 'w' || a AS word, a * 0.5 AS half, NULL AS none FROM t").Split(1));
        Assert.Equal(["id Double", "twice Double", "word String", "half Double", "none Double"], part.Columns());
        Assert.Equal([double.NaN, 10, double.NaN, 12], part.Values<double>("twice"));
        Assert.Equal(["", "w5", "", "w6"], part.Texts("word"));
        Assert.Equal([double.NaN, 2.5, double.NaN, 3], part.Values<double>("half"));
        Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN], part.Values<double>("none"));
    }

    [Fact]
    public void PartsHaveAsManyRowsEachAndAllRowsInTheOrderOfTheirKeys()
    {
        // Keys that are neither dense nor inserted in order.
        Run("CREATE TABLE t (k INT, x REAL); WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999) INSERT INTO t SELECT (i * 7919 % 1000) * (i * 7919 % 1000), i * 7919 % 1000 FROM n;");
        IReadOnlyList<RowPart> parts = Rows("SELECT x, k FROM t", "K").Split(7);
        Assert.Equal(7, parts.Count);
        double[][] values = [.. parts.Select(part => part.Values<double>("x"))];
        Assert.All(values, of => Assert.InRange(of.Length, 142, 143));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (double)i), values.SelectMany(of => of));
        Assert.Equal("keys 0 to 20164 of query 'SELECT x, k FROM t'", parts[0].Name);
        Assert.Equal(3, Rows("SELECT * FROM t WHERE x < 3", "k").Split(7).Count);
    }

    [Fact]
    public void ARangeHasItsFirstAndItsLastKey()
    {
        Run("CREATE TABLE t (id INTEGER PRIMARY KEY, x REAL); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (9, 9);");
        RowPart part = Rows("SELECT * FROM t").Range(2, 3);
        Assert.Equal([2, 3], part.Values<double>("x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rows("SELECT * FROM t").Range(3, 2));
    }

    [Fact]
    public void OnlyWhatIsAskedForIsRead()
    {
        Run("CREATE TABLE t (id INTEGER PRIMARY KEY, x REAL, y INT); INSERT INTO t VALUES (1, 1, 'oops'), (2, 2, 5);");
        RowPart part = Rows("SELECT y, x, id FROM t").Range(1, 2);
        Assert.Equal([1, 2], part.Values<double>("x"));
        string message = Assert.Single(Messages(() => part.Values<double>("y")));
        Assert.StartsWith("query 'SELECT y, x, id FROM t', id 1: column 'y' holds a value that can't be read as the others", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoKeyIsRefused()
    {
        Run("CREATE TABLE t (id INT, w TEXT, p BLOB); INSERT INTO t VALUES (1, 'a', x'00'), (1, 'b', x'01');");
        Assert.Contains("two rows have the id 1", Messages(() => Rows("SELECT id, w FROM t").Range(0, 5).Texts("w"))[0], StringComparison.Ordinal);
        Assert.Contains("the key 'w' is of kind Text", Messages(() => Rows("SELECT id, w FROM t", "w").Split(2))[0], StringComparison.Ordinal);
        Assert.Contains("has no column 'key' to be the key; it has id, w.", Messages(() => Rows("SELECT id, w FROM t", "key").Split(2))[0], StringComparison.Ordinal);
        Assert.Contains("column 'p' is of type binary, which has no place in a table", Messages(() => Rows("SELECT * FROM t").Split(1))[0], StringComparison.Ordinal);
        Assert.Contains("gives no rows", Messages(() => Rows("SELECT id, w FROM t WHERE id > 5").Split(1))[0], StringComparison.Ordinal);
        Assert.Contains("the database reports an error", Messages(() => Rows("SELECT id FROM nowhere").Split(1))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void RowsWithoutAKeyAreRefused()
    {
        Run("CREATE TABLE t (id INT, x REAL); INSERT INTO t VALUES (1, 1), (2, 2), (NULL, 3);");
        Assert.Contains("1 row has no 'id'", Messages(() => Rows("SELECT * FROM t").Split(1))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(1.4), (2.4), (3.4), (4.6), (5.6)", "1.4")]
    [InlineData("(1), (2), (2.5), (3), (4)", "2.5")]
    [InlineData("(1), (1e19)", "1E+19")]
    [InlineData("(1), ('x')", "x")]
    public void AKeyThatIsNoIntegerIsRefusedSoThatNoRowIsLost(string keys, string refused)
    {
        Run($"CREATE TABLE t (id REAL); INSERT INTO t VALUES {keys};");
        for (int parts = 1; parts <= 3; parts++)
        {
            Assert.Equal(
                $"query 'SELECT * FROM t': the key 'id' of a row is {refused}, and integers of 64 bits are needed to number the rows.",
                Messages(() => _ = Rows("SELECT * FROM t").Split(parts).Sum(part => part.Values<double>("id").Length))[0]);
        }
    }

    [Fact]
    public void IntegersThatAreWrittenAsRealsAreKeys()
    {
        Run("CREATE TABLE t (id REAL); INSERT INTO t VALUES (3), (-1e18), (2), (1e18);");
        Assert.Equal([-1e18, 2, 3, 1e18], Rows("SELECT * FROM t").Split(3).SelectMany(part => part.Values<double>("id")));
    }

    [Fact]
    public void ATimeOfDayHasNoDateAndADateNoOffset()
    {
        Run("""
            CREATE TABLE t (id INTEGER PRIMARY KEY, clock TIME, at DATETIME);
            INSERT INTO t VALUES (1, '13:30:00', '2024-05-14T12:00:00+02:00'), (2, '01:15', '0001-01-01 00:00:00');
            INSERT INTO t VALUES (3, '2024-05-14', '13:30'), (4, '13:30:00+02:00', '00:30+02:00');
            """);
        RowPart part = Rows("SELECT * FROM t").Range(1, 2);
        Assert.Equal([new TimeSpan(13, 30, 0), new TimeSpan(1, 15, 0)], part.Values<TimeSpan>("clock"));
        Assert.Equal([new DateTime(2024, 5, 14, 12, 0, 0), DateTime.MinValue], part.Values<DateTime>("at"));
        for (int id = 3; id <= 4; id++)
        {
            part = Rows("SELECT * FROM t").Range(id, id);
            Assert.Contains($"id {id}: column 'clock' holds a value that can't be read as the others (it is no TimeSpan)", Messages(() => part.Values<TimeSpan>("clock"))[0], StringComparison.Ordinal);
            Assert.Contains($"id {id}: column 'at' holds a value that can't be read as the others (it is no DateTime)", Messages(() => part.Values<DateTime>("at"))[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ADatabaseThatCannotBeReachedIsOneSentence()
    {
        DatabaseRows rows = new(() => new SqliteConnection($"Data Source={PathOf("no/such/folder.db")}"), "SELECT 1 AS id", "id");
        Assert.StartsWith("There is no connection to the database (", Messages(() => rows.Split(1))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsSaidWhereDigitsAreLost()
    {
        Run("CREATE TABLE t (id INTEGER PRIMARY KEY, x INT); INSERT INTO t VALUES (1, 1), (2, 9007199254740993);");
        (MLContext context, ConcurrentQueue<string> warnings) = Views.Listening();
        Views.Values<double>(Rows("SELECT * FROM t").Range(1, 2).Load(context), "x");
        Assert.Contains("id 2: 9007199254740993 in column 'x' has more digits", Assert.Single(warnings), StringComparison.Ordinal);
    }
}
