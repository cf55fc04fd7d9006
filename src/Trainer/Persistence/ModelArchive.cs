using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.ML;

namespace MlNetShallowNet.Persistence;

/// <summary>An ML.NET model file, whose checksums ML.NET does not compare: damage that it reads over may keep it busy for ever.</summary>
internal static class ModelArchive
{
    /// <summary>Loads a pipeline.</summary>
    /// <param name="model">The model operations.</param>
    /// <param name="stream">The file's content, seekable.</param>
    /// <param name="name">What to call the file.</param>
    /// <param name="inputSchema">The schema that was saved with it.</param>
    /// <exception cref="InvalidDataException">The file is no model, or a damaged one.</exception>
    public static ITransformer Load(ModelOperationsCatalog model, Stream stream, string name, out DataViewSchema inputSchema)
    {
        try
        {
            CheckSums(stream);
            return model.Load(stream, out inputSchema);
        }
        catch (Exception error) when (error is FileLoadException or FileNotFoundException or EndOfStreamException // of assemblies that a damaged name asks for
            || error is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            // What a damaged file makes ML.NET throw is of many types, none of them documented. See SaveChain for what makes it divide by zero.
            Exception root = error.GetBaseException();
            string message = root is DivideByZeroException
                ? "the two copies of its network's state differ." : root.Message.Split('\n', 2)[0].Split(" (Parameter '", 2)[0].Trim();
            throw new InvalidDataException($"{name} can't be read as an ML.NET model (cut short, damaged, or something else): {message}", error);
        }
    }

    private static void CheckSums(Stream stream)
    {
        long start = stream.Position;
        using (ZipArchive zip = new(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using Stream content = entry.Open();
                Crc32 sum = new();
                sum.Append(content);
                if (sum.GetCurrentHashAsUInt32() != entry.Crc32)
                    throw new InvalidDataException($"{entry.FullName} in it doesn't match its checksum.");
            }
        }
        stream.Position = start;
    }
}
