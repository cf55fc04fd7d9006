using System.Buffers.Binary;
using System.Text.Json;

namespace MlNetShallowNet.Persistence;

/// <summary>Numbers as the bytes that they are, in JSON as base64: four for each of single precision, else eight, the lowest first.</summary>
internal static class PackedNumbers
{
    /// <summary>The bytes of numbers.</summary>
    public static byte[] Write(ReadOnlySpan<double> numbers, bool single)
    {
        int size = Size(single);
        byte[] bytes = new byte[checked(numbers.Length * size)];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (single)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * size), (float)numbers[i]);
            else
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * size), numbers[i]);
        }
        return bytes;
    }

    /// <summary>The numbers of a text in JSON.</summary>
    public static double[] Read(JsonElement text, string name, bool single)
    {
        int size = Size(single);
        if (!text.TryGetBytesFromBase64(out byte[]? bytes) || bytes.Length % size != 0)
            throw new InvalidDataException($"{name} must be numbers in brackets, or numbers of {size} bytes each as base64.");
        double[] numbers = new double[bytes.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(i * size);
            numbers[i] = single ? BinaryPrimitives.ReadSingleLittleEndian(at) : BinaryPrimitives.ReadDoubleLittleEndian(at);
        }
        return numbers;
    }

    private static int Size(bool single) => single ? sizeof(float) : sizeof(double);
}
