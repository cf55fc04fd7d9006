using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Finds a table's encoding from all of its bytes, so that the answer doesn't depend on where the first unusual letter stands: what a
/// byte-order mark says; UTF-8 if every byte agrees; else Windows-1252, in which spreadsheets of the west save.
/// </summary>
internal static class TextEncoding
{
    private const int Chunk = 1 << 20;
    private const int LongestLetter = 4;

    /// <summary>Of UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Looks at all bytes.</summary>
    /// <param name="bytes">The table.</param>
    /// <param name="notes">Where to say that it isn't UTF-8.</param>
    /// <returns>The encoding, and how long a mark of another one is that stands before the text.</returns>
    /// <exception cref="UserError">It holds NUL characters, as no text does.</exception>
    public static (Encoding Encoding, int Mark) Find(TableBytes bytes, List<string> notes)
    {
        using Stream stream = bytes.OpenStream();
        byte[] buffer = new byte[Chunk];
        int kept = 0;
        long line = 1;
        Encoding? marked = null;
        long invalidLine = 0;
        for (bool isFirst = true; ; isFirst = false)
        {
            StopRequest.ThrowIfAsked($"{bytes.Name} was read");
            int read = TableBytes.Reading(bytes.Name, () => stream.ReadAtLeast(buffer.AsSpan(kept), Chunk - kept, throwOnEndOfStream: false));
            ReadOnlySpan<byte> filled = buffer.AsSpan(0, kept + read);
            if (isFirst && (marked = ByMark(filled)) is not null && marked is not UTF8Encoding)
            {
                CheckNul(bytes, marked);
                return (marked, 0);
            }
            bool isLast = kept + read < Chunk;
            int end = isLast ? filled.Length : WholeLetters(filled);
            ReadOnlySpan<byte> whole = filled[..end];
            int nul = whole.IndexOf((byte)0);
            if (nul >= 0)
                throw NoText(bytes, line + whole[..nul].Count((byte)'\n'));
            if (invalidLine == 0 && !Utf8.IsValid(whole))
                invalidLine = line + whole[..FirstInvalid(whole)].Count((byte)'\n');
            line += whole.Count((byte)'\n');
            if (isLast)
                break;
            filled[end..].CopyTo(buffer);
            kept = filled.Length - end;
        }
        if (invalidLine == 0)
            return (Encoding.UTF8, 0);
        notes.Add($"Encoding: line {invalidLine} isn't UTF-8, so the file is read as Windows-1252; if letters look wrong, save it as UTF-8.");
        return (Of(1252), marked is null ? 0 : Mark.Length);
    }

    /// <summary>The encoding of a number that one has which was found.</summary>
    public static Encoding Of(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

    /// <summary>How long a mark of another encoding is that stands before the text.</summary>
    public static int MarkBefore(TableBytes bytes, Encoding encoding)
    {
        using Stream stream = bytes.OpenStream();
        byte[] start = new byte[Mark.Length];
        int length = TableBytes.Reading(bytes.Name, () => stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return encoding is not UTF8Encoding && start.AsSpan(0, length).SequenceEqual(Mark) ? Mark.Length : 0;
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> start)
    {
        foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.UTF32, new UTF32Encoding(true, true), Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            if (start.StartsWith(encoding.Preamble))
                return encoding;
        }
        return null;
    }

    private static void CheckNul(TableBytes bytes, Encoding encoding)
    {
        using StreamReader reader = new(bytes.OpenStream(), encoding);
        char[] buffer = new char[Chunk];
        long line = 1;
        for (int read; (read = TableBytes.Reading(bytes.Name, () => reader.Read(buffer))) > 0;)
        {
            ReadOnlySpan<char> text = buffer.AsSpan(0, read);
            int nul = text.IndexOf('\0');
            if (nul >= 0)
                throw NoText(bytes, line + text[..nul].Count('\n'));
            line += text.Count('\n');
        }
    }

    private static UserError NoText(TableBytes bytes, long line) => new(
        $"{bytes.Name}, line {line}: a NUL character: this is not a text file, so it can't be read as a table; " +
        "a text in UTF-16 must begin with a byte-order mark.");

    /// <summary>The length without a letter that may be cut at the end.</summary>
    private static int WholeLetters(ReadOnlySpan<byte> text)
    {
        for (int i = text.Length - 1; i >= Math.Max(0, text.Length - LongestLetter); i--)
        {
            if ((text[i] & 0xC0) != 0x80)
                return i;
        }
        return text.Length;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out int consumed) == OperationStatus.Done)
            at += consumed;
        return at;
    }
}
