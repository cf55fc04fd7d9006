namespace MlNetShallowNet.Samples.Tables;

/// <summary>Databases that connection strings are of.</summary>
internal enum DatabaseKind
{
    /// <summary>None that is known here.</summary>
    Other,

    /// <summary>The string names a host.</summary>
    PostgreSql,

    /// <summary>The string names a file.</summary>
    Sqlite,
}
