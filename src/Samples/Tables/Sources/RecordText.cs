using System.Globalization;
using System.Text;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Typed records as the text of a table, so that they go the way of all tables: numbers with all their digits, dates and times year first, a
/// time of day in hours, nothing where a value is missing.
/// </summary>
internal sealed class RecordText : ReadOnlyStream
{
    private const char Separator = ',';

    private readonly StringBuilder _text = new();
    private readonly IEnumerator<RecordPass> _passes;
    private readonly Action<StringBuilder>[] _write;
    private readonly IReadOnlyList<RecordColumn> _columns;
    private readonly Action? _atEnd;
    private byte[] _bytes;
    private int _start;

    /// <param name="sources">Sources of the same columns, one after the other.</param>
    /// <param name="atEnd">What to do when all of them have been read; it may throw.</param>
    public RecordText(IReadOnlyList<RecordSource> sources, Action? atEnd = null)
    {
        _atEnd = atEnd;
        _columns = sources[0].Columns;
        _passes = sources.Select(source => source.Open([.. source.Columns.Select(_ => true)])).GetEnumerator();
        _write = new Action<StringBuilder>[_columns.Count];
        _bytes = Encoding.UTF8.GetBytes(string.Join(Separator, _columns.Select(column => Quoted(column.Name))) + "\n");
        NextPass();
    }

    /// <summary>How the text is written.</summary>
    public static TextFormat Format { get; } = new() { Separator = Separator, SkippedLines = 0 };

    public override int Read(Span<byte> buffer)
    {
        if (_start == _bytes.Length)
        {
            _text.Clear();
            while (_text.Length < buffer.Length && MoveNext())
                AppendRecord();
            if (_text.Length == 0)
                _atEnd?.Invoke();
            (_bytes, _start) = (Encoding.UTF8.GetBytes(_text.ToString()), 0);
        }
        int count = Math.Min(buffer.Length, _bytes.Length - _start);
        _bytes.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _passes.Current?.Dispose();
            _passes.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool MoveNext()
    {
        while (_passes.Current is { } pass)
        {
            if (pass.MoveNext())
                return true;
            pass.Dispose();
            NextPass();
        }
        return false;
    }

    private void NextPass()
    {
        if (!_passes.MoveNext())
            return;
        for (int i = 0; i < _write.Length; i++)
            _write[i] = Writer(_passes.Current[i]);
    }

    private void AppendRecord()
    {
        for (int i = 0; i < _write.Length; i++)
        {
            if (i > 0)
                _text.Append(Separator);
            _write[i](_text);
        }
        _text.Append('\n');
    }

    private static Action<StringBuilder> Writer(Field field) => field switch
    {
        Field<bool> of => Writer(of, (text, value) => text.Append(value ? "true" : "false")),
        Field<long> of => Writer(of, (text, value) => text.Append(CultureInfo.InvariantCulture, $"{value}")),
        Field<float> of => Writer(of, (text, value) => text.Append(CultureInfo.InvariantCulture, $"{value:R}")),
        Field<double> of => Writer(of, (text, value) => text.Append(CultureInfo.InvariantCulture, $"{value:R}")),
        Field<decimal> of => Writer(of, (text, value) => text.Append(CultureInfo.InvariantCulture, $"{value}")),
        Field<DateTime> of => Writer(of, (text, value) => text.Append(CultureInfo.InvariantCulture, $"{value:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF}")),
        Field<TimeSpan> of => Writer(of, (text, value) => text.Append(CultureInfo.InvariantCulture, $"{value.TotalHours:R}")),
        Field<string> of => Writer(of, (text, value) => text.Append(Quoted(value))),
        _ => throw new NotSupportedException($"There is no text for {field.GetType()}."),
    };

    private static Action<StringBuilder> Writer<T>(Field<T> field, Action<StringBuilder, T> write) => text =>
    {
        if (field.TryRead(out T value))
            write(text, value);
    };

    private static string Quoted(string text) => CsvText.Field(text);
}
