using System.Data.Common;
using System.Globalization;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>A query of which a column of integers, the key, numbers the rows: no two have the same, and their order is the key's.</summary>
internal sealed class KeyedQuery
{
    private const int MostShown = 60;

    private readonly Database _database;
    private readonly Lazy<(QueryColumn[] Columns, int Key)> _columns;

    /// <param name="database">Where it runs.</param>
    /// <param name="query">The query, without parameters.</param>
    /// <param name="key">The key's column among those of the query; upper or lower case matters only where two differ in nothing else. Null
    /// for none: the rows come as the query orders them, as a whole.</param>
    public KeyedQuery(Database database, string query, string? key)
    {
        (_database, Text, Key) = (database, query.Trim().TrimEnd(';').TrimEnd(), key);
        _columns = new(ReadColumns);
    }

    /// <summary>The query.</summary>
    public string Text { get; }

    /// <summary>The key's column, as it was given; null for none.</summary>
    public string? Key { get; }

    /// <summary>What to call it in messages.</summary>
    public string Name => Text.ReplaceLineEndings(" ") is { Length: > MostShown } text ? $"query '{text[..MostShown]}...'" : $"query '{Text.ReplaceLineEndings(" ")}'";

    /// <summary>The columns, known after a look at the database.</summary>
    /// <exception cref="InvalidDataException">The database doesn't take the query, or the key is no column of integers, or a column has no place in a table.</exception>
    public IReadOnlyList<QueryColumn> Columns => _columns.Value.Columns;

    /// <summary>The key's place among the columns; -1 for none.</summary>
    public int KeyColumn => _columns.Value.Key;

    /// <summary>The smallest and the largest key; null where there are no rows.</summary>
    public KeyRange? Extent() => Ask(
        "SELECT MIN({key}), MAX({key}), COUNT(*), COUNT({key}) FROM {query}",
        reader =>
        {
            reader.Read();
            long rows = KeyOf(reader, 2), numbered = KeyOf(reader, 3);
            if (rows > numbered)
            {
                string without = rows - numbered == 1 ? "1 row has" : $"{rows - numbered} rows have";
                throw new InvalidDataException($"{Name}: {without} no '{Columns[KeyColumn].Name}', which is to number the rows; leave such rows out of the query.");
            }
            return rows == 0 ? null : new KeyRange(KeyOf(reader, 0), KeyOf(reader, 1));
        });

    /// <summary>The smallest and the largest key of each of so many parts of as many rows, one more or less.</summary>
    public IReadOnlyList<KeyRange> Split(int parts) => Ask(
        $"SELECT MIN({{key}}), MAX({{key}}) FROM (SELECT {{key}}, NTILE({parts}) OVER (ORDER BY {{key}}) AS part_of_rows FROM {{query}}) AS rows_in_parts " +
        "GROUP BY part_of_rows ORDER BY 1",
        reader =>
        {
            List<KeyRange> ranges = [];
            while (reader.Read())
                ranges.Add(new KeyRange(KeyOf(reader, 0), KeyOf(reader, 1)));
            return ranges;
        });

    /// <summary>Opens a connection and starts to read the rows of a range in the order of the keys.</summary>
    /// <param name="active">Which columns to read; the key is read in any case.</param>
    /// <param name="range">The keys; null for all.</param>
    /// <returns>The command, whose connection and which itself are to be disposed of, and its rows, with the active columns and the key in the query's order.</returns>
    public (DbCommand Command, DbDataReader Rows) Open(bool[] active, KeyRange? range)
    {
        IEnumerable<string> read = Columns.Where((_, i) => active[i] || i == KeyColumn).Select(column => column.Name);
        DbConnection connection = _database.Connect();
        try
        {
            if (Key is null)
            {
                DbCommand whole = Database.Command(connection, Text);
                return (whole, Database.Asking(Name, whole.ExecuteReader));
            }
            string columns = string.Join(", ", read.Select(column => Database.Quoted(connection, column)));
            DbCommand command = Command(connection, $"SELECT {columns} FROM {{query}}{Within(range)} ORDER BY {{key}}", range);
            return (command, Database.Asking(Name, command.ExecuteReader));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A row's key.</summary>
    /// <exception cref="InvalidDataException">It is no integer of 64 bits.</exception>
    public long KeyOf(DbDataReader reader, int column)
    {
        object? found = null;
        try
        {
            found = reader.GetValue(column);
            long key = Convert.ToInt64(found, CultureInfo.InvariantCulture);
            // Converting rounds, and a range of rounded keys would leave rows out.
            return found is not (double or decimal) || found.Equals(Convert.ChangeType(key, found.GetType(), CultureInfo.InvariantCulture)) ? key : throw NoInteger(found, null);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException)
        {
            throw NoInteger(found, e);
        }
    }

    private InvalidDataException NoInteger(object? found, Exception? why) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Name}: the key '{Columns[KeyColumn].Name}' of a row is {found ?? "beyond all numbers of .NET"}, and integers of 64 bits are needed to number the rows."),
        why);

    private static string Within(KeyRange? range) => range is null ? "" : " WHERE {key} BETWEEN @p0 AND @p1";

    private T Ask<T>(string sql, Func<DbDataReader, T> read)
    {
        using DbConnection connection = _database.Connect();
        return Database.Asking(Name, () =>
        {
            using DbCommand command = Command(connection, sql, null);
            using DbDataReader reader = command.ExecuteReader();
            return read(reader);
        });
    }

    private DbCommand Command(DbConnection connection, string sql, KeyRange? range)
    {
        string key = sql.Contains("{key}", StringComparison.Ordinal) ? Database.Quoted(connection, Columns[KeyColumn].Name) : "";
        return Database.Command(
            connection,
            sql.Replace("{key}", key, StringComparison.Ordinal).Replace("{query}", $"(\n{Text}\n) AS rows_of_query", StringComparison.Ordinal),
            range is null ? [] : [range.First, range.Last]);
    }

    private (QueryColumn[] Columns, int Key) ReadColumns()
    {
        QueryColumn[] columns = Ask("SELECT * FROM {query} WHERE 1 = 0", reader => QueryColumn.All(reader, Name));
        if (columns.Any(column => column.Type is null))
            columns = Ask("SELECT * FROM {query}", reader => QueryColumn.TypedByValues(columns, reader));
        if (columns.GroupBy(column => column.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"{Name} has {twice.Count()} columns called '{twice.Key}'; give each a name of its own, with AS.");
        if (Key is null)
            return (columns, -1);
        int key = Array.FindIndex(columns, column => column.Name == Key);
        key = key >= 0 ? key : Array.FindIndex(columns, column => column.Name.Equals(Key, StringComparison.OrdinalIgnoreCase));
        if (key < 0)
            throw new InvalidDataException($"{Name} has no column '{Key}' to be the key; it has {string.Join(", ", columns.Select(column => column.Name))}.");
        if (columns[key].Type!.Kind is not (ValueKind.Integer or ValueKind.Decimal or ValueKind.Double))
            throw new InvalidDataException($"{Name}: the key '{columns[key].Name}' is of kind {columns[key].Type!.Kind}, and a column of integers is needed to number the rows.");
        return (columns, key);
    }
}
