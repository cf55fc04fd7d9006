namespace MlNetShallowNet.Sources.Records;

/// <summary>Records with named and typed columns, which can be read any number of times, always in the same order.</summary>
internal abstract class RecordSource
{
    /// <summary>The columns.</summary>
    public abstract IReadOnlyList<RecordColumn> Columns { get; }

    /// <summary>How many records there are, where that is known without reading them.</summary>
    public abstract long? RecordCount { get; }

    /// <summary>Starts a pass.</summary>
    /// <param name="active">Which columns will be read.</param>
    public abstract RecordPass Open(bool[] active);
}
