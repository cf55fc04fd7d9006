namespace MlNetShallowNet.Sources.Records;

/// <summary>A pass over the records of a source.</summary>
internal abstract class RecordPass : IDisposable
{
    /// <summary>Where the current record stands, to be told in messages.</summary>
    public abstract string Place { get; }

    /// <summary>The field of an active column: the same for all records, of which it gives the current one's value.</summary>
    public abstract Field this[int column] { get; }

    /// <summary>Goes on to the next record; false at the end.</summary>
    public abstract bool MoveNext();

    public abstract void Dispose();
}
