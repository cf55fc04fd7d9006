namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>How a text file is read.</summary>
    public class Options
    {
        /// <summary>Whether double quotes may enclose values that contain separators. Default: no.</summary>
        public bool AllowQuoting;
        /// <summary>Whether lines may end in items of the form <c>index:value</c>. Default: no.</summary>
        public bool AllowSparse;
        /// <summary>The characters that separate values. Default: tab.</summary>
        public char[] Separators = ['\t'];
        /// <summary>The character before the fraction of a number, a point or a comma. Default: a point.</summary>
        public char DecimalMarker = '.';
        /// <summary>The columns; without any, Label from the file's first column and Features from all others.</summary>
        public Column[] Columns;
        /// <summary>Whether white space at the end of lines is dropped. Default: no.</summary>
        public bool TrimWhitespace;
        /// <summary>Whether the first line holds names. Default: no.</summary>
        public bool HasHeader;
        /// <summary>Whether lines are parsed on several threads. Default: yes.</summary>
        public bool UseThreads = true;
        /// <summary>Whether a quoted value may go over several lines. Default: no.</summary>
        public bool ReadMultilines;
        /// <summary>The largest number of rows that are read. Default: all.</summary>
        public long? MaxRows;
        /// <summary>The character before a double quote that is part of a quoted value. Default: a double quote.</summary>
        public char EscapeChar = '"';
        /// <summary>Whether an empty floating point value is read as NaN instead of 0. Default: no.</summary>
        public bool MissingRealsAsNaNs;

        internal Options Check()
        {
            Contracts.CheckParam(MaxRows is null or >= 0, nameof(MaxRows));
            Contracts.CheckParam(Separators?.Length > 0, nameof(Separators), "Must specify a separator");
            foreach (var c in Separators)
            {
                var isLegal = (c >= ' ' || c == '\t') && !char.IsAsciiDigit(c) && c != '"';
                Contracts.CheckParam(isLegal, "Separator", $"Illegal separator: '{c}'");
                Contracts.CheckParam(c != ':' || !AllowSparse, "Separator", "When the separator is colon, turn off allowSparse");
            }
            Contracts.CheckParam(DecimalMarker is '.' or ',', nameof(DecimalMarker),
                $"Decimal marker cannot be the '{DecimalMarker}' character. It must be '.' or ','.");
            Contracts.CheckParam(AllowQuoting || DecimalMarker != ',' || !Separators.Contains(','), nameof(AllowQuoting),
                "Quoting must be allowed if decimal marker and separator are the ',' character.");
            Contracts.CheckParam(!Separators.Contains(EscapeChar), nameof(EscapeChar),
                $"EscapeChar '{EscapeChar}' can't be used both as EscapeChar and separator");
            var copy = (Options)MemberwiseClone();
            (copy.Separators, copy.ReadMultilines) = (Separators.Distinct().ToArray(), AllowQuoting && ReadMultilines);
            return copy;
        }
    }

    /// <summary>A column to read.</summary>
    public sealed class Column
    {
        /// <summary>A column from the file's column <paramref name="index"/>.</summary>
        public Column(string name, DataKind dataKind, int index) : this(name, dataKind, [new Range(index)]) { }

        /// <summary>A vector from the file's columns <paramref name="minIndex"/> to <paramref name="maxIndex"/>, both included.</summary>
        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)]) { }

        /// <summary>A column from parts of the file's columns; a key with <paramref name="keyCount"/>.</summary>
        [JsonConstructor]
        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null) => (Name, DataKind, Source, KeyCount)
            = (Contracts.CheckValue(name), dataKind, Contracts.CheckValue(source), keyCount);

        /// <summary>The column's name.</summary>
        public string Name;
        /// <summary>The type of the values, or of a vector's items.</summary>
        public DataKind DataKind { get; }
        /// <summary>The file's columns that it is read from.</summary>
        public Range[] Source;
        /// <summary>For a key, how many values it has.</summary>
        public KeyCount KeyCount;
    }

    /// <summary>A part of the file's columns, counted from 0.</summary>
    public sealed class Range
    {
        /// <summary>One column, to be described by its members.</summary>
        public Range() { }

        /// <summary>One column.</summary>
        public Range(int index)
        {
            Contracts.CheckParam(index >= 0, nameof(index), "Must be non-negative");
            (Min, Max) = (index, index);
        }

        /// <summary>The columns from <paramref name="min"/> to <paramref name="max"/>, both included; or to the line's end.</summary>
        public Range(int min, int? max)
        {
            Contracts.CheckParam(min >= 0, nameof(min), "Must be non-negative");
            Contracts.CheckParam(!(max < min), nameof(max), "If specified, must be greater than or equal to " + nameof(min));
            (Min, Max, ForceVector, AutoEnd) = (min, max, true, max == null);
        }

        /// <summary>The first column.</summary>
        public int Min;
        /// <summary>The last column; null for one column, or with an end of the line.</summary>
        public int? Max;
        /// <summary>To the end of the line, which is in the same column in all lines.</summary>
        public bool AutoEnd;
        /// <summary>To the end of the line, which may be in another column in each line.</summary>
        public bool VariableEnd;
        [JsonInclude]
        internal bool ForceVector;
    }
}

/// <summary>How many values a key column of a text file has; they count from 0 in the file.</summary>
public sealed class KeyCount
{
    [JsonConstructor]
    private KeyCount() { }

    /// <summary>Keys from 0 to <paramref name="count"/> - 1.</summary>
    public KeyCount(ulong count)
    {
        Contracts.CheckParam(count > 0, nameof(count), "The number of keys must be positive.");
        Count = count;
    }

    /// <summary>The number of keys.</summary>
    [JsonInclude]
    public ulong? Count { get; private set; }
}

/// <summary>The types that text can be read as.</summary>
public enum DataKind : byte
{
    /// <summary>Signed 8-bit integers.</summary>
    SByte = 1,
    /// <summary>Unsigned 8-bit integers.</summary>
    Byte = 2,
    /// <summary>Signed 16-bit integers.</summary>
    Int16 = 3,
    /// <summary>Unsigned 16-bit integers.</summary>
    UInt16 = 4,
    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 5,
    /// <summary>Unsigned 32-bit integers.</summary>
    UInt32 = 6,
    /// <summary>Signed 64-bit integers.</summary>
    Int64 = 7,
    /// <summary>Unsigned 64-bit integers.</summary>
    UInt64 = 8,
    /// <summary>Single precision floating point numbers.</summary>
    Single = 9,
    /// <summary>Double precision floating point numbers.</summary>
    Double = 10,
    /// <summary>Text.</summary>
    String = 11,
    /// <summary>True or false.</summary>
    Boolean = 12,
    /// <summary>Dates with a time of day.</summary>
    DateTime = 14,
}

/// <summary>The column types of the kinds.</summary>
internal static class DataKinds
{
    public static PrimitiveDataViewType ToType(this DataKind kind)
        => ColumnTypes.Primitives.FirstOrDefault(type => Of(type.RawType) == kind)
        ?? throw Contracts.ParamError(nameof(kind), $"{kind} is no kind of data.");

    public static DataKind? Of(Type type)
        => type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? DataKind.String
            : Enum.TryParse<DataKind>(type.Name, out var kind) ? kind : null;
}
