using System.IO.Compression;
using System.Text;
using Microsoft.ML;

namespace MlNetShallowNet.Onnx.Expressions;

/// <summary>
/// The text of an expression. ML.NET's transformer keeps it to itself, but saves it: in a model file the header of each part says where the part's strings lie.
/// </summary>
internal static class ExpressionText
{
    private const ulong Signature = 0x4C45444F4D004C4D; // "ML", 0, "MODEL"

    private static readonly MLContext _ml = new(seed: 0);

    /// <summary>The text.</summary>
    /// <param name="expression">The transformer.</param>
    /// <param name="schema">The columns before it.</param>
    /// <param name="made">The column that it makes.</param>
    /// <param name="read">The one that it reads.</param>
    /// <exception cref="FormatException">It is not found.</exception>
    public static string Of(ITransformer expression, DataViewSchema schema, string made, string read)
    {
        using MemoryStream file = new();
        _ml.Model.Save(expression, schema, file);
        using ZipArchive parts = new(file, ZipArchiveMode.Read);
        using MemoryStream part = new();
        using (Stream saved = parts.GetEntry("TransformerChain/Model.key")?.Open() ?? throw NotFound())
            saved.CopyTo(part);
        return Strings(part).Where(text => text != made && text != read).ToArray() is [var text] ? text : throw NotFound();
    }

    // The strings stand one behind the other; a table has the end of each, in bytes.
    private static IEnumerable<string> Strings(MemoryStream part)
    {
        using BinaryReader reader = new(part, Encoding.Unicode);
        part.Position = 0;
        if (reader.ReadUInt64() != Signature)
            throw NotFound();
        part.Position += 8 + 16; // versions; where the content is
        long table = reader.ReadInt64(), count = reader.ReadInt64() / sizeof(long), texts = reader.ReadInt64();
        long begin = 0;
        for (int i = 0; i < count; i++)
        {
            part.Position = table + (i * sizeof(long));
            long end = reader.ReadInt64();
            part.Position = texts + begin;
            yield return Encoding.Unicode.GetString(reader.ReadBytes((int)(end - begin)));
            begin = end;
        }
    }

    private static FormatException NotFound() => new("What is saved of the expression does not tell its text.");
}
