using System.Data.Common;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>A column of a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null if only values tell.</param>
internal sealed record QueryColumn(string Name, QueryType? Type)
{
    /// <summary>The columns of a result without rows.</summary>
    /// <exception cref="InvalidDataException">A column has no place in a table.</exception>
    public static QueryColumn[] All(DbDataReader reader, string query)
    {
        bool eachValueHasItsType = reader.GetType().Name.Contains("sqlite", StringComparison.OrdinalIgnoreCase);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => Of(reader, i, eachValueHasItsType, query))];
    }

    /// <summary>The columns, with types for those that have none, by their first values.</summary>
    public static QueryColumn[] TypedByValues(QueryColumn[] columns, DbDataReader reader)
    {
        QueryColumn[] typed = [.. columns];
        while (typed.Any(column => column.Type is null) && reader.Read())
        {
            for (int i = 0; i < typed.Length; i++)
            {
                if (typed[i].Type is null && !reader.IsDBNull(i))
                    typed[i] = typed[i] with { Type = QueryType.OfValue(reader.GetValue(i)) ?? throw NoPlace(typed[i].Name, "binary", "the query") };
            }
        }
        // Without any value, all are missing: as numbers are.
        return [.. typed.Select(column => column.Type is null ? column with { Type = QueryType.OfValue(0.0) } : column)];
    }

    private static QueryColumn Of(DbDataReader reader, int i, bool eachValueHasItsType, string query)
    {
        string name = reader.GetName(i), declared = reader.GetDataTypeName(i);
        if (eachValueHasItsType)
            return new QueryColumn(name, QueryType.Declared(declared));
        return new QueryColumn(name, QueryType.Of(reader.GetFieldType(i), isPostgreSql: reader.GetType().Namespace == "Npgsql") ?? throw NoPlace(name, declared, query));
    }

    private static InvalidDataException NoPlace(string column, string type, string query) =>
        new($"{query}: column '{column}' is of type {type}, which has no place in a table; leave it out of the query, or convert it there.");
}
