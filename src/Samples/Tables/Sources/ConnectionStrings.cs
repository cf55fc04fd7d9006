using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Connection strings by name, which hold passwords and so are never on a command line: the environment variable <c>ConnectionStrings__NAME</c>,
/// or <c>ConnectionStrings</c> in the file <c>appsettings.json</c> of the working directory, as .NET programs have them.
/// </summary>
internal static class ConnectionStrings
{
    public const string Section = "ConnectionStrings";

    public const string SettingsFile = "appsettings.json";

    /// <summary>What makes connections of this name: to PostgreSQL if the string names a host, to SQLite if it names a file.</summary>
    /// <exception cref="UserError">There is no such name, or its string names neither, or has a mistake.</exception>
    public static Func<DbConnection> Find(string name)
    {
        string text = Text(name);
        DatabaseKind kind = KindOf(text);
        try
        {
            return kind switch
            {
                DatabaseKind.PostgreSql => PostgreSql(text),
                DatabaseKind.Sqlite => Sqlite(name, text),
                // Not what it holds, for that is secret.
                _ => throw new UserError(
                    $"The connection string called {Shown.Text(name)} names neither a Host (PostgreSQL) nor a Data Source (SQLite); it is written like Host=server;Username=...;Password=...;Database=... ."),
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            throw new UserError($"The connection string called {Shown.Text(name)} is none of {(kind == DatabaseKind.PostgreSql ? "PostgreSQL" : "SQLite")} ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>The connection string of this name.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static string Text(string name)
    {
        string variable = $"{Section}__{name}";
        return Environment.GetEnvironmentVariable(variable) ?? InSettings(name) ?? throw new UserError(
            $"There is no connection string called {Shown.Text(name)}: set the environment variable {variable}, or {Section}.{name} in {SettingsFile} of this directory.");
    }

    /// <summary>Of which database a connection string is.</summary>
    public static DatabaseKind KindOf(string text)
    {
        DbConnectionStringBuilder parts = new();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            return DatabaseKind.Other;
        }
        return Names("Host", "Server") ? DatabaseKind.PostgreSql : Names("Data Source", "DataSource", "Filename") ? DatabaseKind.Sqlite : DatabaseKind.Other;

        bool Names(params string[] keys) => keys.Any(parts.ContainsKey);
    }

    private static Func<DbConnection> PostgreSql(string text)
    {
        new NpgsqlConnection(text).Dispose(); // which reads the string
        return () => new NpgsqlConnection(text);
    }

    private static Func<DbConnection> Sqlite(string name, string text)
    {
        SqliteConnectionStringBuilder parts = new(text);
        // By itself it would make a file that isn't there. To only read would leave a database's write-ahead log beside it behind.
        if (!new DbConnectionStringBuilder { ConnectionString = text }.ContainsKey("Mode"))
            parts.Mode = SqliteOpenMode.ReadWrite;
        bool isFile = parts.Mode is SqliteOpenMode.ReadWrite or SqliteOpenMode.ReadOnly && parts.DataSource is not ("" or ":memory:")
            && !parts.DataSource.StartsWith('|') && !parts.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        return () => isFile && !File.Exists(parts.DataSource)
            ? throw new InvalidDataException($"There is no file {Shown.Text(parts.DataSource)}, which the connection string called {Shown.Text(name)} names; give the path of a SQLite database.")
            : new SqliteConnection(parts.ConnectionString);
    }

    private static string? InSettings(string name)
    {
        if (!File.Exists(SettingsFile))
            return null;
        return TableBytes.Reading(SettingsFile, () =>
        {
            try
            {
                using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(SettingsFile), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
                return settings.RootElement.ValueKind == JsonValueKind.Object && settings.RootElement.TryGetProperty(Section, out JsonElement section)
                    && section.ValueKind == JsonValueKind.Object && section.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new UserError($"{SettingsFile} is no settings that can be read ({e.Message.TrimEnd('.')}); {Section} holds names and texts.", e);
            }
        });
    }
}
