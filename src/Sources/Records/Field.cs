namespace MlNetShallowNet.Sources.Records;

/// <summary>A column's value in the current record.</summary>
internal abstract class Field;

/// <inheritdoc cref="Field"/>
internal abstract class Field<T> : Field
{
    /// <summary>Reads the value; false if it is missing.</summary>
    public abstract bool TryRead(out T value);
}
