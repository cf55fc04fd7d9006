using System.Text.Json;

namespace MlNetShallowNet.Persistence;

/// <summary>Some of many numbers as bits, in JSON as base64: eight of them in a byte, the lowest first.</summary>
internal static class PackedBits
{
    /// <summary>The bytes.</summary>
    /// <param name="numbers">Those whose bits are set.</param>
    /// <param name="count">How many bits there are.</param>
    public static byte[] Write(int[] numbers, int count)
    {
        byte[] bytes = new byte[BytesOf(count)];
        foreach (int number in numbers)
            bytes[number / 8] |= (byte)(1 << (number % 8));
        return bytes;
    }

    /// <summary>The numbers whose bits are set, ascending.</summary>
    /// <param name="text">The text in JSON.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="count">How many bits there must be.</param>
    public static int[] Read(JsonElement text, string name, int count)
    {
        if (text.ValueKind != JsonValueKind.String || !text.TryGetBytesFromBase64(out byte[]? bytes) || bytes.Length != BytesOf(count))
            throw new InvalidDataException($"'{name}' must be {count} bits, which are {BytesOf(count)} bytes, as base64.");
        return [.. Enumerable.Range(0, count).Where(number => (bytes[number / 8] >> (number % 8) & 1) != 0)];
    }

    private static long BytesOf(int count) => (count + 7L) / 8;
}
