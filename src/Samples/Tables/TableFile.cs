namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// A file of delimited text with named columns: how to read it, and its column names. The rows are read anew on every pass.
/// </summary>
internal sealed class TableFile
{
    private const int SampleLength = 1 << 18;

    private readonly bool _hasHeader;
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    private TableFile(string path, char separator, bool hasHeader, string[] names, IReadOnlyList<string> notes)
    {
        Path = path;
        Separator = separator;
        _hasHeader = hasHeader;
        Names = names;
        Notes = notes;
        for (int i = 0; i < names.Length; i++)
            _byName.Add(names[i], i);
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The character between two fields.</summary>
    public char Separator { get; }

    /// <summary>The columns' names, no two the same.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What was odd about the header, in sentences for the user.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Opens a table: finds its separator unless one is given, and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">The separator, or null to find it.</param>
    /// <param name="hasHeader">Whether the first record holds the names; if not, columns are called Column1, Column2 and so on.</param>
    /// <exception cref="UserError">The file can't be read, is empty, or is no text.</exception>
    public static TableFile Open(string path, char? separator = null, bool hasHeader = true)
    {
        if (Directory.Exists(path))
            throw new UserError($"{path} is a directory, not a table.");
        string sample = ReadSample(path, out bool isWhole);
        if (string.IsNullOrWhiteSpace(sample))
            throw new UserError($"{path} is empty: a table has a line of column names and then its rows.");
        if (sample.Contains('\0'))
        {
            throw new UserError(
                $"{path} is not a text file, so it can't be read as a table; a text in UTF-16 must begin with a byte-order mark.");
        }
        char found = separator ?? Tables.Separator.Find(sample, isWhole);

        using DelimitedReader reader = OpenText(path, found);
        do
        {
            if (!reader.Read())
                throw new UserError($"{path} is empty: a table has a line of column names and then its rows.");
        }
        while (reader.IsBlank);
        List<string> notes = [];
        if (sample.Contains('\uFFFD'))
            notes.Add("Encoding: some letters can't be read and count as one and the same (\uFFFD); save the file as UTF-8.");
        string[] names = hasHeader ? NamesFrom(reader, notes) : [.. Enumerable.Range(1, reader.FieldCount).Select(i => $"Column{i}")];
        return new TableFile(path, found, hasHeader, names, notes);
    }

    /// <summary>The position of a column of this name (upper or lower case, if that is unambiguous), or -1.</summary>
    public int IndexOf(string name)
    {
        if (_byName.TryGetValue(name.Trim(), out int exact))
            return exact;
        int[] similar = [.. Enumerable.Range(0, Names.Count).Where(i => Names[i].Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))];
        return similar.Length == 1 ? similar[0] : -1;
    }

    /// <summary>Starts a pass over the rows.</summary>
    public TableRows OpenRows()
    {
        DelimitedReader reader = OpenText(Path, Separator);
        return new TableRows(this, reader, _hasHeader);
    }

    private static DelimitedReader OpenText(string path, char separator) => new(OpenFile(path), separator, path);

    private static StreamReader OpenFile(string path)
    {
        try
        {
            // Recognises the byte-order marks of UTF-8, UTF-16 and UTF-32; UTF-8 without one.
            FileStreamOptions options = new() { Options = FileOptions.SequentialScan, BufferSize = 1 << 16 };
            StreamReader reader = new(path, System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true, options);
            if (reader.BaseStream.CanSeek)
                return reader;
            reader.Dispose();
            throw new UserError($"{path} can be read only once, and a table is read several times; put it into a file first.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"There is no file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserError($"{path} can't be read: {e.Message}", e);
        }
    }

    /// <summary>What reading gives; an error of the disk is the user's to know.</summary>
    internal static int ReadFrom(string path, Func<int> read)
    {
        try
        {
            return read();
        }
        catch (IOException e)
        {
            throw new UserError($"{path} can't be read: {e.Message}", e);
        }
    }

    private static string ReadSample(string path, out bool isWhole)
    {
        using StreamReader reader = OpenFile(path);
        char[] buffer = new char[SampleLength];
        int length = ReadFrom(path, () => reader.ReadBlock(buffer));
        isWhole = length < buffer.Length;
        return new string(buffer, 0, length);
    }

    /// <summary>The header's names, made unique: a name that is missing or taken gets one by its position.</summary>
    private static string[] NamesFrom(DelimitedReader header, List<string> notes)
    {
        string[] names = new string[header.FieldCount];
        HashSet<string> given = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
            given.Add(header[i].ToString());
        HashSet<string> used = new(StringComparer.Ordinal);
        List<string> renamed = [];
        for (int i = 0; i < names.Length; i++)
        {
            string name = header[i].ToString();
            if (name.Length == 0 || !used.Add(name))
            {
                string stem = name.Length == 0 ? "Column" : name + ".";
                int number = name.Length == 0 ? i + 1 : 2;
                string unique;
                while (given.Contains(unique = stem + number) || used.Contains(unique))
                    number++;
                used.Add(unique);
                string found = name.Length == 0 ? $"column {i + 1} has no name and" : $"a second '{name}' (column {i + 1})";
                renamed.Add($"{found} is called '{unique}'");
                name = unique;
            }
            names[i] = name;
        }
        const int shown = 3;
        if (renamed.Count > 0)
        {
            string more = renamed.Count > shown ? $"; and {renamed.Count - shown} more" : "";
            notes.Add($"Header: {string.Join("; ", renamed.Take(shown))}{more}.");
        }
        if (names.Length > 1 && given.All(name => NumberText.TryParse(name, out double _)))
            notes.Add("Header: all names are numbers; if the file has no line of names, say --no-header.");
        return names;
    }
}
