using System.Text.RegularExpressions;
using MlNetShallowNet.Sources.Databases;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>A query of a database.</summary>
/// <param name="Sql">The query.</param>
/// <param name="ConnectionName">What the connection string is called.</param>
internal sealed partial record DatabaseQuery(string Sql, string ConnectionName)
{
    /// <summary>What to call the rows in messages.</summary>
    public string Name => $"the query of {ConnectionName}";

    [GeneratedRegex(@"\border\s+by\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrderBy();

    /// <summary>Asks the database what columns there are.</summary>
    /// <exception cref="UserError">There is no such connection string, or the query says nothing of the order of its rows.</exception>
    /// <exception cref="InvalidDataException">The database can't be reached, or doesn't take the query.</exception>
    public RecordSource Open() => OrderBy().IsMatch(Sql)
        ? new QueryRecords(new KeyedQuery(new Database(ConnectionStrings.Find(ConnectionName)), Sql, key: null), range: null)
        : throw new UserError(
            "The query has no ORDER BY, so its rows could come in another order each time, and training would give another network; order them by what is another in each row.");
}
