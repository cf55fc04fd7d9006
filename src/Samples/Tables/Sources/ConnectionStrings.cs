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
    /// <exception cref="UserError">There is no such name, or its string names neither.</exception>
    public static Func<DbConnection> Find(string name)
    {
        string text = Text(name);
        return KindOf(text) switch
        {
            DatabaseKind.PostgreSql => () => new NpgsqlConnection(text),
            DatabaseKind.Sqlite => () => new SqliteConnection(text),
            // Not what it holds, for that is secret.
            _ => throw new UserError(
                $"The connection string called {Shown.Text(name)} names neither a Host (PostgreSQL) nor a Data Source (SQLite); it is written like Host=server;Username=...;Password=...;Database=... ."),
        };
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
