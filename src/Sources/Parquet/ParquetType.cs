using MlNetShallowNet.Sources.Records;
using ParquetSharp;

namespace MlNetShallowNet.Sources.Parquet;

/// <summary>A type that columns of Parquet files have: the kind of value that it is here, and how to read it.</summary>
internal sealed record ParquetType(ValueKind Kind, Func<bool, int, Func<string>, IParquetField> NewField)
{
    private static readonly Dictionary<Type, ParquetType> _byStored = new()
    {
        [typeof(bool)] = Of<bool>(ValueKind.Boolean),
        [typeof(sbyte)] = Of(ValueKind.Integer, (sbyte value) => (long)value),
        [typeof(byte)] = Of(ValueKind.Integer, (byte value) => (long)value),
        [typeof(short)] = Of(ValueKind.Integer, (short value) => (long)value),
        [typeof(ushort)] = Of(ValueKind.Integer, (ushort value) => (long)value),
        [typeof(int)] = Of(ValueKind.Integer, (int value) => (long)value),
        [typeof(uint)] = Of(ValueKind.Integer, (uint value) => (long)value),
        [typeof(long)] = Of<long>(ValueKind.Integer),
        [typeof(ulong)] = Of(ValueKind.Decimal, (ulong value) => (decimal)value),
        [typeof(Half)] = Of(ValueKind.Single, (Half value) => (float)value),
        [typeof(float)] = Of<float>(ValueKind.Single),
        [typeof(double)] = Of<double>(ValueKind.Double),
        [typeof(decimal)] = Of<decimal>(ValueKind.Decimal),
        [typeof(DateTimeNanos)] = Of(ValueKind.DateTime, (DateTimeNanos value) => value.DateTime),
        [typeof(Date)] = Of(ValueKind.DateTime, (Date value) => value.DateTime),
        [typeof(TimeSpan)] = Of<TimeSpan>(ValueKind.TimeSpan),
        [typeof(TimeSpanNanos)] = Of(ValueKind.TimeSpan, (TimeSpanNanos value) => value.TimeSpan),
        [typeof(Guid)] = Of(ValueKind.Text, (Guid value) => value.ToString()),
        [typeof(Int96)] = Of<Int96, DateTime>(ValueKind.DateTime, OldTimestamp),
        [typeof(string)] = new(ValueKind.Text, (_, batch, place) => new ParquetField<string?, string>(TryText, batch, place)),
    };

    /// <summary>The type of a column; null if the column is nested, or binary, or of another type that has no place in a table.</summary>
    public static ParquetType? Of(ColumnDescriptor column, out bool isOptional)
    {
        isOptional = column.MaxDefinitionLevel > 0;
        if (IsNested(column))
            return null;
        using LogicalType type = column.LogicalType;
        if (type is TimestampLogicalType { TimeUnit: not TimeUnit.Nanos } timestamp)
            return Timestamp(timestamp);
        try
        {
            Type stored = StoredTypes.Instance.GetSystemTypes(column).logicalType;
            return _byStored.GetValueOrDefault(Nullable.GetUnderlyingType(stored) ?? stored);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether a column is a part of a list, of a map or of another column.</summary>
    public static bool IsNested(ColumnDescriptor column) => column.MaxRepetitionLevel > 0 || column.Path.ToDotVector().Length > 1;

    private static ParquetType Of<T>(ValueKind kind)
        where T : struct => Of<T, T>(kind, value => value);

    private static ParquetType Of<TStored, T>(ValueKind kind, Func<TStored, T> convert)
        where TStored : struct => new(kind, (isOptional, batch, place) => isOptional
            ? new ParquetField<TStored?, T>(
                (TStored? stored, out T value) =>
                {
                    value = stored is { } there ? convert(there) : default!;
                    return stored.HasValue;
                },
                batch,
                place)
            : new ParquetField<TStored, T>(
                (TStored stored, out T value) =>
                {
                    value = convert(stored);
                    return true;
                },
                batch,
                place));

    /// <summary>Timestamps, from the integers that are stored: ParquetSharp would not see that one overflows.</summary>
    private static ParquetType Timestamp(TimestampLogicalType type)
    {
        long ticks = type.TimeUnit == TimeUnit.Millis ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerMicrosecond;
        DateTimeKind kind = type.IsAdjustedToUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified;
        return Of(ValueKind.DateTime, (long value) => new DateTime(checked(DateTime.UnixEpoch.Ticks + value * ticks), kind));
    }

    private static bool TryText(string? stored, out string value)
    {
        value = stored ?? "";
        return stored is not null;
    }

    /// <summary>A timestamp as other programs wrote it before Parquet had a type for it: nanoseconds of the day, and the Julian day.</summary>
    private static DateTime OldTimestamp(Int96 stored)
    {
        const int julianDayOf1970 = 2_440_588;
        const long nanosecondsInATick = 100;
        long nanoseconds = (long)(((ulong)(uint)stored.B << 32) | (uint)stored.A);
        return DateTime.UnixEpoch.AddDays(stored.C - julianDayOf1970).AddTicks(nanoseconds / nanosecondsInATick);
    }
}
