using MlNetShallowNet.Training;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Texts that are written once and read in any order: in memory as long as they are short together, else in a temporary file.</summary>
/// <param name="mostBytes">How many bytes are held in memory.</param>
internal sealed class TextStore(long mostBytes) : IDisposable
{
    private const int BytesForEach = 64; // what .NET takes for a text beside its letters, and for its place in a list

    private readonly List<ReadOnlyMemory<char>> _inMemory = [];
    private long _bytes;
    private SpillFile? _file;

    /// <summary>Keeps a text.</summary>
    /// <returns>What to read it by.</returns>
    public long Add(ReadOnlyMemory<char> text)
    {
        long bytes = BytesForEach + (long)text.Length * sizeof(char);
        if (_file is null && _bytes + bytes <= mostBytes)
        {
            _bytes += bytes;
            _inMemory.Add(text);
            return _inMemory.Count - 1;
        }
        _file ??= SpillFile.Create();
        long at = _file.Length;
        _file.Append<int>([text.Length]);
        _file.Append(text.Span);
        return int.MaxValue + at;
    }

    /// <summary>A text.</summary>
    public ReadOnlyMemory<char> Read(long place)
    {
        if (place < int.MaxValue)
            return _inMemory[(int)place];
        long at = place - int.MaxValue;
        int length = 0;
        _file!.Read(ref at, new Span<int>(ref length));
        char[] text = new char[length];
        _file.Read<char>(ref at, text);
        return text;
    }

    public void Dispose() => _file?.Dispose();
}
