using System.Data.Common;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>A <see cref="Field{T}"/> of a database's row.</summary>
internal sealed class QueryField<T>(QueryPass pass, int column, Func<DbDataReader, int, T> read) : Field<T>
{
    public override bool TryRead(out T value)
    {
        DbDataReader rows = pass.Rows;
        if (rows.IsDBNull(column))
        {
            value = default!;
            return false;
        }
        try
        {
            value = read(rows, column);
            return true;
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException)
        {
            throw new InvalidDataException(
                $"{pass.Place}: column '{rows.GetName(column)}' holds a value that can't be read as the others ({e.Message.TrimEnd('.')}); convert it in the query.", e);
        }
    }
}
