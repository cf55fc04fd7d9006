using System.Globalization;
using MlNetShallowNet.Sources.Records;
using ParquetSharp;

namespace MlNetShallowNet.Sources.Parquet;

/// <summary>The records of a Parquet file, or of one of its row groups.</summary>
internal sealed class ParquetRecords : RecordSource
{
    private readonly string _path;
    private readonly int[] _stored;
    private readonly int? _group;
    private readonly int _firstGroup;
    private readonly int _pastGroup;

    /// <param name="path">The file.</param>
    /// <param name="group">The row group; null for all.</param>
    /// <param name="columns">The columns to read; none for all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no Parquet file, or lacks a column, or one of the columns has no place in a table.</exception>
    public ParquetRecords(string path, int? group, IReadOnlyList<string> columns)
    {
        (_path, _group) = (path, group);
        using ParquetFileReader file = OpenFile(path);
        FileMetaData metadata = file.FileMetaData;
        (_firstGroup, _pastGroup) = group is { } one ? (one, one + 1) : (0, metadata.NumRowGroups);
        if (_pastGroup > metadata.NumRowGroups)
            throw new InvalidDataException($"{path} has {metadata.NumRowGroups} row groups and no number {group} (the first is 0): it was rewritten, so find its parts anew.");
        ColumnDescriptor[] all = [.. Enumerable.Range(0, metadata.NumColumns).Select(metadata.Schema.Column)];
        _stored = columns.Count == 0 ? [.. Enumerable.Range(0, all.Length)] : [.. columns.Select(name => Find(name, all))];
        Columns = [.. _stored.Select(column => new RecordColumn(all[column].Name, TypeOf(all[column]).Type.Kind))];
        RecordCount = Enumerable.Range(_firstGroup, _pastGroup - _firstGroup).Sum(number => Rows(file, number));
    }

    public override IReadOnlyList<RecordColumn> Columns { get; }

    public override long? RecordCount { get; }

    /// <summary>How many row groups a file has.</summary>
    /// <exception cref="InvalidDataException">The file is no Parquet file.</exception>
    public static int RowGroups(string path)
    {
        using ParquetFileReader file = OpenFile(path);
        return file.FileMetaData.NumRowGroups;
    }

    public override RecordPass Open(bool[] active) => new Pass(this, active);

    private static long Rows(ParquetFileReader file, int group)
    {
        using RowGroupReader reader = file.RowGroup(group);
        return reader.MetaData.NumRows;
    }

    private static ParquetFileReader OpenFile(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.", path);
        return Reading(path, () => new ParquetFileReader(path) { LogicalTypeFactory = StoredTypes.Instance });
    }

    /// <summary>What reading gives; what ParquetSharp says of a broken file is told with the file's name.</summary>
    private static T Reading<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ParquetException or InvalidDataException)
        {
            string why = e.Message.Split("(message: '")[^1].Split('\n')[0].TrimEnd('\'', ')', '.');
            throw new InvalidDataException($"{name} can't be read as a Parquet file ({why}); write it anew.", e);
        }
    }

    private int Find(string name, ColumnDescriptor[] all)
    {
        int found = Array.FindIndex(all, column => column.Path.ToDotString() == name || column.Path.ToDotVector()[0] == name);
        return found >= 0
            ? found
            : throw new InvalidDataException($"{_path} has no column '{name}'; it has {string.Join(", ", all.Select(column => column.Path.ToDotVector()[0]).Distinct())}.");
    }

    private (ParquetType Type, bool IsOptional) TypeOf(ColumnDescriptor column)
    {
        if (ParquetType.Of(column, out bool isOptional) is { } type)
            return (type, isOptional);
        string what = ParquetType.IsNested(column) ? "nested (a list, a map or a structure)" : $"of type {column.PhysicalType} ({column.LogicalType})";
        throw new InvalidDataException(
            $"{_path}: column '{column.Path.ToDotVector()[0]}' is {what}, which has no place in a table; name the columns to read without it, or write the file without it.");
    }

    private sealed class Pass : RecordPass
    {
        private const int Batch = 4096;

        private readonly ParquetRecords _source;
        private readonly ParquetFileReader _file;
        private readonly IParquetField?[] _fields;
        private RowGroupReader? _opened;
        private int _nextGroup;
        private long _passed;
        private long _leftInGroup;
        private int _row = -1;
        private int _count;

        public Pass(ParquetRecords source, bool[] active)
        {
            (_source, _nextGroup, _file) = (source, source._firstGroup, OpenFile(source._path));
            SchemaDescriptor schema = _file.FileMetaData.Schema;
            _fields = [.. source._stored.Select((column, i) => active[i] ? NewField(schema.Column(column)) : null)];
        }

        public override string Place => string.Create(
            CultureInfo.InvariantCulture,
            $"{_source._path}, {(_source._group is { } group ? $"row group {group}, " : "")}row {_passed + _row + 1}");

        public override Field this[int column] => (Field)_fields[column]!;

        public override bool MoveNext()
        {
            if (++_row >= _count)
            {
                _passed += _count;
                _count = Reading(_source._path, NextBatch);
                _row = 0;
            }
            if (_count == 0)
                return false;
            foreach (IParquetField? field in _fields)
                field?.MoveTo(_row);
            return true;
        }

        public override void Dispose()
        {
            foreach (IParquetField? field in _fields)
                field?.Dispose();
            _opened?.Dispose();
            _file.Dispose();
        }

        private IParquetField NewField(ColumnDescriptor column)
        {
            (ParquetType type, bool isOptional) = _source.TypeOf(column);
            string name = column.Name;
            return type.NewField(isOptional, Batch, () => $"{Place}: column '{name}'");
        }

        private int NextBatch()
        {
            while (_leftInGroup == 0)
            {
                if (_nextGroup == _source._pastGroup)
                    return 0;
                _opened?.Dispose();
                _opened = _file.RowGroup(_nextGroup++);
                _leftInGroup = _opened.MetaData.NumRows;
                for (int i = 0; i < _fields.Length; i++)
                    _fields[i]?.Enter(_opened.Column(_source._stored[i]));
            }
            int count = (int)Math.Min(Batch, _leftInGroup);
            foreach (IParquetField? field in _fields)
                field?.Fill(count);
            _leftInGroup -= count;
            return count;
        }
    }
}
