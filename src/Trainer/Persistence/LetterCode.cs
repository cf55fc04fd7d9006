namespace MlNetShallowNet.Persistence;

/// <summary>Bytes as letters from A to P, two for each byte, its higher half first. Small letters mean the same.</summary>
internal static class LetterCode
{
    private const string Letters = "ABCDEFGHIJKLMNOP";

    /// <summary>The letters of bytes.</summary>
    public static string Write(byte[] bytes) => string.Create(2 * bytes.Length, bytes, static (letters, bytes) =>
    {
        for (int i = 0; i < bytes.Length; i++)
            (letters[2 * i], letters[2 * i + 1]) = (Letters[bytes[i] >> 4], Letters[bytes[i] & 15]);
    });

    /// <summary>The bytes of letters; null where something else stands among them, or half a byte.</summary>
    public static byte[]? Read(ReadOnlySpan<char> letters)
    {
        if (letters.Length % 2 != 0)
            return null;
        byte[] bytes = new byte[letters.Length / 2];
        for (int i = 0; i < letters.Length; i++)
        {
            int half = char.ToUpperInvariant(letters[i]) - Letters[0];
            if (half < 0 || half >= Letters.Length)
                return null;
            bytes[i / 2] = (byte)(bytes[i / 2] << 4 | half);
        }
        return bytes;
    }
}
