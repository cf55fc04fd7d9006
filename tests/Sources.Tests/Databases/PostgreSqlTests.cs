using MlNetShallowNet.Sources;
using MlNetShallowNet.Sources.Databases;
using MlNetShallowNet.Sources.Records;
using MlNetShallowNet.TestTools;
using Npgsql;

namespace MlNetShallowNet.SourcesTests.Databases;

/// <summary>The rows of a query, in a server's database.</summary>
public sealed class PostgreSqlTests(PostgreSql server) : IClassFixture<PostgreSql>
{
    private DatabaseRows Rows(string query, string key = "id")
    {
        PostgreSql.Require();
        return new(() => new NpgsqlConnection(server.ConnectionString), query, key);
    }

    [SkippableFact]
    public void TypesCarryOverWithTheirMissingValues()
    {
        RowPart part = Assert.Single(Rows("""
            SELECT * FROM (VALUES
                (2::bigint, 7::smallint, 8::integer, 0.1::real, 0.1::double precision, 1.25::numeric(10,2), true, DATE '2024-05-14',
                 TIMESTAMP '2024-05-14 12:30:15.5', TIMESTAMPTZ '2024-05-14 12:30:15+02', TIME '01:02:03', 'Größe'::text, 'v'::varchar(3),
                 '6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid),
                (1, NULL, NULL, NULL, NULL, NULL, false, DATE '1969-12-31', TIMESTAMP '2000-01-01', TIMESTAMPTZ '2000-01-01 00:00Z', TIME '00:00', NULL, NULL, NULL)
            ) AS v (id, small, int, single, double, price, flag, day, local, instant, clock, word, short, guid)
            """).Split(1));
        Assert.Equal(
            ["id Double", "small Double", "int Double", "single Single", "double Double", "price Double", "flag Boolean", "day DateTime", "local DateTime",
                "instant DateTime", "clock TimeSpan", "word String", "short String", "guid String"],
            part.Columns());
        Assert.Equal([1, 2], part.Values<double>("id"));
        Assert.Equal([double.NaN, 7], part.Values<double>("small"));
        Assert.Equal([double.NaN, 8], part.Values<double>("int"));
        Assert.Equal([float.NaN, 0.1f], part.Values<float>("single"));
        Assert.Equal([double.NaN, 0.1], part.Values<double>("double"));
        Assert.Equal([double.NaN, 1.25], part.Values<double>("price"));
        Assert.Equal([false, true], part.Values<bool>("flag"));
        Assert.Equal([new DateTime(1969, 12, 31), new DateTime(2024, 5, 14)], part.Values<DateTime>("day"));
        Assert.Equal(new DateTime(2024, 5, 14, 12, 30, 15, 500), part.Values<DateTime>("local")[1]);
        Assert.Equal(new DateTime(2024, 5, 14, 10, 30, 15), part.Values<DateTime>("instant")[1]);
        Assert.Equal([TimeSpan.Zero, new TimeSpan(1, 2, 3)], part.Values<TimeSpan>("clock"));
        Assert.Equal(["", "Größe"], part.Texts("word"));
        Assert.Equal(["", "v"], part.Texts("short"));
        Assert.Equal(["", "6f9619ff-8b86-d011-b42d-00c04fc964ff"], part.Texts("guid"));
    }

    [SkippableFact]
    public void PartsAreAllRowsInTheOrderOfTheirKeysWhateverTheQuerysOrder()
    {
        IReadOnlyList<RowPart> parts = Rows("SELECT i AS \"Id\", i * 0.5 AS x FROM generate_series(1, 1000) AS i ORDER BY random()").Split(3);
        Assert.Equal(3, parts.Count);
        Assert.All(parts, part => Assert.InRange(part.Values<double>("x").Length, 333, 334));
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => i * 0.5), parts.SelectMany(part => part.Values<double>("x")));
    }

    [SkippableTheory]
    [InlineData("SELECT 1 AS id, ARRAY[1, 2] AS tags", "column 'tags' is of type integer[], which has no place in a table")]
    [InlineData("SELECT 1 AS id, ARRAY['a', 'b'] AS tags", "column 'tags' is of type text[], which has no place in a table")]
    [InlineData("SELECT 1 AS id, 2 AS x, 3 AS x", "has 2 columns called 'x'; give each a name of its own, with AS.")]
    [InlineData("SELECT 1 AS id FROM nowhere", "the database reports an error (42P01: relation \"nowhere\" does not exist")]
    [InlineData("SELECT 1.5::numeric AS id, 2.0::float8 AS x", "the key 'id' of a row is 1.5, and integers of 64 bits are needed")]
    [InlineData("SELECT 1e19::numeric AS id, 2.0::float8 AS x", "the key 'id' of a row is 10000000000000000000, and integers of 64 bits are needed")]
    [InlineData("SELECT 1e40::numeric AS id, 2.0::float8 AS x", "the key 'id' of a row is beyond all numbers of .NET, and integers of 64 bits are needed")]
    [InlineData("SELECT 1 AS id, 1e40::numeric AS x", "id 1: column 'x' holds a value that can't be read as the others")]
    public void WhatCannotBeReadIsOneSentence(string query, string expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => Rows(query).Split(1).Single().Values<double>("x")).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [SkippableFact]
    public void DatesAreMissingWhereTheyAreInfinite()
    {
        RowPart part = Rows("""
            SELECT id, day::date, local::timestamp(3), instant::timestamptz FROM (VALUES
                (1, '9999-12-31', '9999-12-31', '9999-12-31 00:00Z'), (2, '0001-01-01', '0001-01-01', '0001-01-01 00:00Z'),
                (3, 'infinity', 'infinity', 'infinity'), (4, '-infinity', '-infinity', '-infinity')) AS v (id, day, local, instant)
            """).Split(1).Single();
        QueryRecords records = new(((DatabaseRows.QueryPart)part).Query, range: null);
        using RecordPass pass = records.Open([true, true, true, true]);
        foreach (DateTime? expected in (DateTime?[])[new DateTime(9999, 12, 31), DateTime.MinValue, null, null])
        {
            Assert.True(pass.MoveNext());
            for (int column = 1; column <= 3; column++)
                Assert.Equal(expected, ((Field<DateTime>)pass[column]).TryRead(out DateTime found) ? found : null);
        }
        string message = Assert.Throws<InvalidDataException>(() => part.Values<DateTime>("day")).Message;
        Assert.Contains("id 3: column 'day' has no value", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ATimeOfDayHasNoOffset() => Assert.Equal(
        [new TimeSpan(13, 30, 0), new TimeSpan(0, 30, 0)],
        Rows("SELECT * FROM (VALUES (1, TIMETZ '13:30:00+02'), (2, TIMETZ '00:30:00+02')) AS v (id, clock)").Split(1).Single().Values<TimeSpan>("clock"));

    [SkippableTheory]
    [InlineData("'20000-01-01'::date", "DateTime")]
    [InlineData("'4713-01-01 BC'::date", "DateTime")]
    [InlineData("TIME '24:00'", "TimeSpan")]
    public void WhatDotNetHasNotIsNamedWithItsColumn(string value, string type)
    {
        RowPart part = Rows($"SELECT 1 AS id, {value} AS x").Split(1).Single();
        string message = Assert.Throws<InvalidDataException>(() => type == "DateTime" ? (object)part.Values<DateTime>("x") : part.Values<TimeSpan>("x")).Message;
        Assert.EndsWith($", id 1: column 'x' holds a value that can't be read as the others (it is beyond those of .NET's {type}); convert it in the query.", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void NumbersAreThoseOfTheirText() =>
        Assert.Equal([0.3333333333333333], Rows("SELECT 1 AS id, 1::numeric / 3 AS x").Split(1).Single().Values<double>("x"));

    [SkippableFact]
    public void AServerThatIsNotThereIsOneSentence()
    {
        PostgreSql.Require();
        DatabaseRows rows = new(() => new NpgsqlConnection("Host=127.0.0.1;Port=1;Username=x;Database=x"), "SELECT 1 AS id", "id");
        Assert.StartsWith("There is no connection to the database (", Assert.Throws<InvalidDataException>(() => rows.Split(1)).Message, StringComparison.Ordinal);
    }
}
