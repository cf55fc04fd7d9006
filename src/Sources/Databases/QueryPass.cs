using System.Data.Common;
using System.Globalization;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>A pass over the rows of a query.</summary>
internal sealed class QueryPass : RecordPass
{
    private readonly KeyedQuery _query;
    private readonly DbCommand _command;
    private readonly Field?[] _fields;
    private readonly int _key;
    private long? _last;

    public QueryPass(KeyedQuery query, bool[] active, KeyRange? range)
    {
        _query = query;
        (_command, Rows) = query.Open(active, range);
        _fields = new Field?[active.Length];
        int read = 0;
        bool all = query.KeyColumn < 0;
        for (int i = 0; i < active.Length; i++)
        {
            if (i == query.KeyColumn)
                _key = read;
            if (active[i])
                _fields[i] = query.Columns[i].Type!.NewField(this, read);
            if (all || active[i] || i == query.KeyColumn)
                read++;
        }
    }

    /// <summary>The current row.</summary>
    public DbDataReader Rows { get; }

    public override string Place => string.Create(
        CultureInfo.InvariantCulture, $"{_query.Name}, {(_query.KeyColumn < 0 ? "row" : _query.Columns[_query.KeyColumn].Name)} {_last}");

    public override Field this[int column] => _fields[column]!;

    /// <exception cref="InvalidDataException">The database reports an error, or two rows have one key.</exception>
    public override bool MoveNext()
    {
        if (!Database.Asking(_query.Name, Rows.Read))
            return false;
        if (_query.KeyColumn < 0)
        {
            _last = (_last ?? 0) + 1;
            return true;
        }
        string key = _query.Columns[_query.KeyColumn].Name;
        long next = _query.KeyOf(Rows, _key);
        if (next == _last)
            throw new InvalidDataException($"{_query.Name}: two rows have the {key} {next}, so that chance would decide their order; take a key that is another in each row.");
        _last = next;
        return true;
    }

    public override void Dispose()
    {
        Rows.Dispose();
        using DbConnection? connection = _command.Connection;
        _command.Dispose();
    }
}
