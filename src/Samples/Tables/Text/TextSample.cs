namespace MlNetShallowNet.Samples.Tables;

/// <summary>The beginning of a text, by which it is decided how to read the whole.</summary>
/// <param name="text">The beginning.</param>
/// <param name="isWhole">Whether it is the whole text; if not, its last record may be cut and does not count.</param>
/// <param name="hasQuotes">Whether quotes enclose fields.</param>
internal sealed class TextSample(string text, bool isWhole, bool hasQuotes)
{
    private const int RecordsToTry = 50;

    /// <summary>A record that isn't blank.</summary>
    /// <param name="Line">The line on which it starts, counted from 1.</param>
    /// <param name="Fields">Its fields.</param>
    public sealed record Record(long Line, string[] Fields);

    /// <summary>The first records, as far as they can be read with this separator.</summary>
    public IReadOnlyList<Record> Records(char separator)
    {
        List<Record> records = [];
        try
        {
            using RecordReader reader = new(new StringReader(text), separator, hasQuotes, "");
            while (records.Count < RecordsToTry && reader.Read())
            {
                if (reader.IsBlank)
                    continue;
                string[] fields = new string[reader.FieldCount];
                for (int i = 0; i < fields.Length; i++)
                    fields[i] = reader[i].ToString();
                records.Add(new Record(reader.Line, fields));
            }
        }
        catch (UserError)
        {
            // A quote left open: with this separator, or at the cut end of the sample. The records before it still count.
        }
        if (!isWhole && records.Count is > 1 and < RecordsToTry)
            records.RemoveAt(records.Count - 1);
        return records;
    }
}
