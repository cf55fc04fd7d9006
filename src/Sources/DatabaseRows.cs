using System.Data.Common;
using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Sources.Databases;
using MlNetShallowNet.Sources.Views;

namespace MlNetShallowNet.Sources;

/// <summary>
/// The rows of a database's query as parts of rows, through any ADO.NET provider.
/// </summary>
/// <remarks>
/// <para>A column of the query, the key, numbers its rows: integers, another one in each row; a key that is none is an error. Rows are read in the order
/// of their keys, and a part is the rows with keys from one to another. That order, and with it every result, does not depend on what the database feels
/// like; that the rows themselves stay as they are while they are read is the caller's part.</para>
/// <para>A data view of a part has the query's columns by their names, with types as those of <see cref="ParquetRows"/>. SQLite gives each value a type of
/// its own: there a column's declaration counts (<c>TIME</c> is a time of day), or the first value of a computed column. A date of PostgreSQL's that is
/// infinite is missing. Only columns that a cursor asks for are read, and the key.</para>
/// </remarks>
public sealed class DatabaseRows
{
    private readonly KeyedQuery _query;
    private readonly string? _connectionName;

    /// <summary>The rows of a query.</summary>
    /// <param name="connect">Makes a connection to the database; it is called for each pass, which opens the connection and disposes of it.</param>
    /// <param name="query">The query, in the database's SQL and without parameters; it stands within other statements, as a table does.</param>
    /// <param name="keyColumn">The key's column among those of the query.</param>
    /// <param name="connectionName">What workers of a cluster call the database; null if only this process reads it.</param>
    public DatabaseRows(Func<DbConnection> connect, string query, string keyColumn, string? connectionName = null)
    {
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        ArgumentException.ThrowIfNullOrWhiteSpace(keyColumn);
        _connectionName = connectionName;
        _query = new KeyedQuery(new Database(connect), query, keyColumn);
    }

    /// <summary>Several parts of as many rows each, one more or less. The database sorts the keys once to find them.</summary>
    /// <param name="parts">How many; fewer where there are fewer rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    /// <exception cref="InvalidDataException">The database can't be reached, or doesn't take the query, or there are no rows, or a key is no integer.</exception>
    public IReadOnlyList<RowPart> Split(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        KeyRange all = _query.Extent() ?? throw new InvalidDataException($"{_query.Name} gives no rows; rows with a label are needed.");
        return [.. (parts == 1 ? [all] : _query.Split(parts)).Select(range => new QueryPart(_query, _connectionName, range))];
    }

    /// <summary>A part of given keys.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="last">The last key; it is in the part.</param>
    public RowPart Range(long first, long last) => last < first
        ? throw new ArgumentOutOfRangeException(nameof(last), last, $"The last key is {last}, before the first, {first}; give a range with keys in it.")
        : new QueryPart(_query, _connectionName, new KeyRange(first, last));

    internal sealed class QueryPart(KeyedQuery query, string? connectionName, KeyRange keys) : RowPart
    {
        public KeyedQuery Query { get; } = query;

        public string? ConnectionName { get; } = connectionName;

        public KeyRange Keys { get; } = keys;

        public override string Name => string.Create(CultureInfo.InvariantCulture, $"keys {Keys.First} to {Keys.Last} of {Query.Name}");

        public override IDataView Load(MLContext context) => new RecordView(new QueryRecords(Query, Keys), context);
    }
}
