using MlNetShallowNet.Sources.Records;
using ParquetSharp;

namespace MlNetShallowNet.Sources.Parquet;

/// <summary>A column of Parquet files, read in batches.</summary>
internal interface IParquetField : IDisposable
{
    /// <summary>Goes on in the next row group.</summary>
    void Enter(ColumnReader column);

    /// <summary>Reads the next batch.</summary>
    /// <param name="count">How many rows it has; as many are left in the row group.</param>
    void Fill(int count);

    /// <summary>Goes on to a row of the batch.</summary>
    void MoveTo(int row);
}

/// <summary>A <see cref="Field{T}"/> of a Parquet file.</summary>
/// <typeparam name="TStored">The type that ParquetSharp reads; nullable where values may be missing.</typeparam>
/// <typeparam name="T">The type of the field.</typeparam>
/// <param name="convert">Makes the one of the other; false if the value is missing.</param>
/// <param name="batch">How many rows a batch has at most.</param>
/// <param name="place">Tells where the current row and the column are.</param>
internal sealed class ParquetField<TStored, T>(ParquetField<TStored, T>.Conversion convert, int batch, Func<string> place) : Field<T>, IParquetField
{
    private readonly TStored[] _values = new TStored[batch];
    private LogicalColumnReader<TStored>? _reader;
    private int _row;

    public delegate bool Conversion(TStored stored, out T value);

    public void Enter(ColumnReader column)
    {
        _reader?.Dispose();
        _reader = column.LogicalReaderOverride<TStored>(batch);
    }

    public void Fill(int count)
    {
        for (int filled = 0; filled < count;)
        {
            int read = _reader!.ReadBatch(_values.AsSpan(filled, count - filled));
            if (read == 0)
                throw new InvalidDataException($"a column has fewer values than its row group has rows ({count - filled} missing)");
            filled += read;
        }
    }

    public void MoveTo(int row) => _row = row;

    public void Dispose() => _reader?.Dispose();

    /// <exception cref="InvalidDataException">A date is beyond those of .NET.</exception>
    public override bool TryRead(out T value)
    {
        try
        {
            return convert(_values[_row], out value);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"{place()} holds a date outside of the years 1 to 9999; write it as missing there, or the column as text or numbers.", e);
        }
    }
}
