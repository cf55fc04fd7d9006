using System.Data.Common;
using System.Globalization;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>A type that columns of a database have: the kind of value that it is here, and how to read it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="NewField">Makes the field from a pass and the column's place in it.</param>
internal sealed record QueryType(ValueKind Kind, Func<QueryPass, int, Field> NewField)
{
    private static readonly Dictionary<Type, QueryType> _byClr = new()
    {
        [typeof(bool)] = Of(ValueKind.Boolean, (reader, i) => reader.GetBoolean(i)),
        [typeof(byte)] = Of(ValueKind.Integer, (reader, i) => (long)reader.GetByte(i)),
        [typeof(sbyte)] = Of(ValueKind.Integer, (reader, i) => (long)reader.GetFieldValue<sbyte>(i)),
        [typeof(short)] = Of(ValueKind.Integer, (reader, i) => (long)reader.GetInt16(i)),
        [typeof(ushort)] = Of(ValueKind.Integer, (reader, i) => (long)reader.GetFieldValue<ushort>(i)),
        [typeof(int)] = Of(ValueKind.Integer, (reader, i) => (long)reader.GetInt32(i)),
        [typeof(uint)] = Of(ValueKind.Integer, (reader, i) => (long)reader.GetFieldValue<uint>(i)),
        [typeof(long)] = Of(ValueKind.Integer, (reader, i) => reader.GetInt64(i)),
        [typeof(ulong)] = Of(ValueKind.Decimal, (reader, i) => (decimal)reader.GetFieldValue<ulong>(i)),
        [typeof(float)] = Of(ValueKind.Single, (reader, i) => reader.GetFloat(i)),
        [typeof(double)] = Of(ValueKind.Double, (reader, i) => reader.GetDouble(i)),
        [typeof(decimal)] = Of(ValueKind.Decimal, (reader, i) => reader.GetDecimal(i)),
        [typeof(DateTime)] = Of(ValueKind.DateTime, (reader, i) => reader.GetDateTime(i)),
        [typeof(DateOnly)] = Of(ValueKind.DateTime, (reader, i) => reader.GetFieldValue<DateOnly>(i).ToDateTime(TimeOnly.MinValue)),
        [typeof(DateTimeOffset)] = Of(ValueKind.DateTime, (reader, i) => reader.GetFieldValue<DateTimeOffset>(i).UtcDateTime),
        [typeof(TimeSpan)] = Of(ValueKind.TimeSpan, (reader, i) => reader.GetFieldValue<TimeSpan>(i)),
        [typeof(TimeOnly)] = Of(ValueKind.TimeSpan, (reader, i) => reader.GetFieldValue<TimeOnly>(i).ToTimeSpan()),
        [typeof(Guid)] = Of(ValueKind.Text, (reader, i) => reader.GetGuid(i).ToString()),
        [typeof(string)] = Of(ValueKind.Text, (reader, i) => reader.GetString(i)),
    };

    /// <summary>PostgreSQL's own: what is infinite is missing, as in a text, and a time of day may have an offset, which is passed over.</summary>
    private static readonly Dictionary<Type, QueryType> _byClrOfPostgreSql = new()
    {
        // As DateTime the infinite ones would be the first and the last, which may stand there too.
        [typeof(DateTime)] = Of(ValueKind.DateTime, (reader, i) => reader.GetDateTime(i), (reader, i) => reader.GetFieldValue<long>(i) is long.MinValue or long.MaxValue),
        [typeof(DateOnly)] = Of(
            ValueKind.DateTime, (reader, i) => reader.GetFieldValue<DateOnly>(i).ToDateTime(TimeOnly.MinValue), (reader, i) => reader.GetFieldValue<int>(i) is int.MinValue or int.MaxValue),
        [typeof(DateTimeOffset)] = Of(ValueKind.TimeSpan, (reader, i) => reader.GetFieldValue<DateTimeOffset>(i).TimeOfDay),
    };

    /// <summary>Where each value has a type of its own, and the column at most a wish.</summary>
    private static readonly Dictionary<ValueKind, QueryType> _byValue = new()
    {
        [ValueKind.Boolean] = OfValues<bool>(ValueKind.Boolean, value => value is 0L or 1L ? value is 1L : null),
        [ValueKind.Integer] = OfValues<long>(ValueKind.Integer, value => value as long?),
        [ValueKind.Double] = OfValues<double>(ValueKind.Double, value => value as double? ?? value as long?),
        [ValueKind.DateTime] = OfValues<DateTime>(ValueKind.DateTime, value => Date(value as string)),
        [ValueKind.TimeSpan] = OfValues<TimeSpan>(ValueKind.TimeSpan, value =>
            TimeOnly.TryParse(value as string, CultureInfo.InvariantCulture, out TimeOnly time) ? time.ToTimeSpan() : null),
        [ValueKind.Text] = new(ValueKind.Text, (pass, i) => new QueryField<string>(pass, i, (reader, column) => reader.GetString(column))),
    };

    /// <summary>The type of a column whose values are of one type; null if it has no place in a table.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isPostgreSql">Whether the database is a PostgreSQL.</param>
    public static QueryType? Of(Type type, bool isPostgreSql) =>
        (isPostgreSql ? _byClrOfPostgreSql.GetValueOrDefault(type) : null) ?? _byClr.GetValueOrDefault(type);

    /// <summary>The type of a column of a database, such as SQLite, that gives each value a type of its own; null if its name doesn't say.</summary>
    /// <param name="declared">What the column was declared to be.</param>
    public static QueryType? Declared(string declared)
    {
        string name = declared.ToUpperInvariant();
        return Has("BOOL") ? _byValue[ValueKind.Boolean]
            : Has("TIME") && !Has("DATE") && !Has("STAMP") ? _byValue[ValueKind.TimeSpan]
            : Has("DATE") || Has("TIME") ? _byValue[ValueKind.DateTime]
            : Has("INT") ? _byValue[ValueKind.Integer]
            : Has("CHAR") || Has("CLOB") || Has("TEXT") ? _byValue[ValueKind.Text]
            : Has("REAL") || Has("FLOA") || Has("DOUB") || Has("NUM") || Has("DEC") ? _byValue[ValueKind.Double]
            : null;

        bool Has(string part) => name.Contains(part, StringComparison.Ordinal);
    }

    /// <summary>The type of an undeclared column, by one of its values.</summary>
    public static QueryType? OfValue(object value) => value switch
    {
        long or double => _byValue[ValueKind.Double],
        string => _byValue[ValueKind.Text],
        _ => null,
    };

    private static QueryType Of<T>(ValueKind kind, Func<DbDataReader, int, T> read, Func<DbDataReader, int, bool>? isMissing = null) =>
        new(kind, (pass, i) => new QueryField<T>(pass, i, read, isMissing));

    private static QueryType OfValues<T>(ValueKind kind, Func<object, T?> read)
        where T : struct => new(kind, (pass, i) => new QueryField<T>(pass, i, (reader, column) =>
            read(reader.GetValue(column)) ?? throw new InvalidCastException($"it is no {typeof(T).Name}")));

    /// <summary>The date of a text, and the time that it writes: an offset from UTC is passed over, as in a table that is text.</summary>
    private static DateTime? Date(string? text)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        // Without a date, the one is in the year 1 and the other today.
        return DateTime.TryParse(text, invariant, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal | DateTimeStyles.NoCurrentDateDefault, out DateTime instant)
            && DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.UtcDateTime == instant ? time.DateTime : null;
    }
}
