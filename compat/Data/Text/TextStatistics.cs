namespace Microsoft.ML.Data;

/// <summary>Counts rows and mistakes of one reading and reports the first few mistakes of each kind.</summary>
internal sealed class TextStatistics(IChannelProvider provider, long reported = 10) : IDisposable
{
    private readonly IChannel _channel = provider.Start("ParseStats");
    private long _rows;
    private long _badValues;
    private long _badFormats;
    public void AddRows(int count) => Interlocked.Add(ref _rows, count);

    public void LogBadValue(long line, string column)
    {
        var number = Interlocked.Increment(ref _badValues);
        if (number <= reported)
            _channel.Info(MessageSensitivity.Schema, "  Bad value at line {0} in column {1}", line, column);
        if (number == reported)
            _channel.Info(MessageSensitivity.None, "  Suppressing further bad value messages");
    }

    public void LogBadFormat(string path, long line, int from, int to, string message)
    {
        var number = Interlocked.Increment(ref _badFormats);
        if (number <= reported)
            _channel.Warning(MessageSensitivity.Unknown, "Format error at {0}({1},{2})-({1},{3}): {4}", path, line, from, to, message);
        if (number == reported)
            _channel.Warning(MessageSensitivity.None, "Suppressing further format error messages");
    }

    public void Dispose()
    {
        if (_badValues > 0 || _badFormats > 0)
            _channel.Info(MessageSensitivity.Unknown, "Processed {0} rows with {1} bad values and {2} format errors",
                _rows, _badValues, _badFormats);
        _channel.Dispose();
    }
}
