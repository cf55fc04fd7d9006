using System.Data;
using System.Data.Common;
using System.Globalization;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>A database that connections lead to.</summary>
/// <param name="connect">Makes a connection, open or not, which is disposed of here.</param>
internal sealed class Database(Func<DbConnection> connect)
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="InvalidDataException">The database can't be reached.</exception>
    public DbConnection Connect()
    {
        DbConnection connection = connect() ?? throw new InvalidOperationException("The function that makes connections to the database gave none.");
        try
        {
            if (connection.State != ConnectionState.Open)
                connection.Open();
            return connection;
        }
        catch (DbException e)
        {
            connection.Dispose();
            throw new InvalidDataException($"There is no connection to the database ({FirstLine(e)}); see that it runs, and what the connection string says.", e);
        }
    }

    /// <summary>A statement with numbers for its parameters @p0, @p1, ...</summary>
    public static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<long> parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0; // to sort many rows takes its time
        for (int i = 0; i < parameters.Length; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.DbType = DbType.Int64;
            parameter.Value = parameters[i];
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>A column's name as the database's SQL writes it.</summary>
    public static string Quoted(DbConnection connection, string column)
    {
        // What a provider doesn't tell, standard SQL does.
        using DbCommandBuilder? builder = DbProviderFactories.GetFactory(connection)?.CreateCommandBuilder();
        return builder?.QuoteIdentifier(column) ?? $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>What asking the database gives; its errors are told as those of a query.</summary>
    /// <exception cref="InvalidDataException">The database reports an error.</exception>
    public static T Asking<T>(string query, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (DbException e)
        {
            throw new InvalidDataException($"{query}: the database reports an error ({FirstLine(e)}); try the query there.", e);
        }
    }

    private static string FirstLine(DbException e) => e.Message.Split('\n')[0].Trim().TrimEnd('.');
}
