using System.Data.Common;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>A <see cref="Field{T}"/> of a database's row.</summary>
/// <param name="pass">The pass.</param>
/// <param name="column">The column's place in it.</param>
/// <param name="read">Reads the value.</param>
/// <param name="isMissing">Whether a value that is not null stands for none; null if none does.</param>
internal sealed class QueryField<T>(QueryPass pass, int column, Func<DbDataReader, int, T> read, Func<DbDataReader, int, bool>? isMissing = null) : Field<T>
{
    public override bool TryRead(out T value)
    {
        DbDataReader rows = pass.Rows;
        try
        {
            bool isThere = !rows.IsDBNull(column) && isMissing?.Invoke(rows, column) != true;
            value = isThere ? read(rows, column) : default!;
            return isThere;
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException or ArgumentOutOfRangeException)
        {
            string why = e is ArgumentOutOfRangeException ? $"it is beyond those of .NET's {typeof(T).Name}" : e.Message.TrimEnd('.');
            throw new InvalidDataException($"{pass.Place}: column '{rows.GetName(column)}' holds a value that can't be read as the others ({why}); convert it in the query.", e);
        }
    }
}
