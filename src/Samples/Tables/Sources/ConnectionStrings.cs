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
        string variable = $"{Section}__{name}";
        string text = Environment.GetEnvironmentVariable(variable) ?? InSettings(name) ?? throw new UserError(
            $"There is no connection string called {Shown.Text(name)}: set the environment variable {variable}, or {Section}.{name} in {SettingsFile} of this directory.");
        DbConnectionStringBuilder parts = new();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException e)
        {
            throw Unclear(name, e);
        }
        if (Names("Host", "Server"))
            return () => new NpgsqlConnection(text);
        return Names("Data Source", "DataSource", "Filename") ? () => new SqliteConnection(text) : throw Unclear(name, null);

        bool Names(params string[] keys) => keys.Any(parts.ContainsKey);
    }

    // Not what it holds, for that is secret.
    private static UserError Unclear(string name, Exception? inner) => new(
        $"The connection string called {Shown.Text(name)} names neither a Host (PostgreSQL) nor a Data Source (SQLite); it is written like Host=server;Username=...;Password=...;Database=... .", inner);

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
