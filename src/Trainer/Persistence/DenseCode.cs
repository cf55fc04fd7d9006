namespace MlNetShallowNet.Persistence;

/// <summary>
/// Bytes as characters of 15 bits each, from U+3000 on: all of them are letters or assigned to none, and no quote, escape or end of a line is among them. The
/// first says how many bits of the last mean nothing.
/// </summary>
internal static class DenseCode
{
    private const int Bits = 15;
    private const char First = '\u3000';

    /// <summary>Whether a text is one of these.</summary>
    public static bool Begins(ReadOnlySpan<char> text) => !text.IsEmpty && text[0] >= First;

    /// <summary>The characters of bytes.</summary>
    public static string Write(byte[] bytes)
    {
        int length = checked((int)((8L * bytes.Length + Bits - 1) / Bits));
        return string.Create(length + 1, bytes, static (text, bytes) =>
        {
            text[0] = (char)(First + Bits * (text.Length - 1L) - 8L * bytes.Length);
            uint bits = 0;
            for (int at = 0, i = 1, have = 0; i < text.Length; i++, have -= Bits)
            {
                for (; have < Bits; have += 8)
                    bits = bits << 8 | (at < bytes.Length ? bytes[at++] : 0u);
                text[i] = (char)(First + (bits >> have - Bits & (1 << Bits) - 1));
            }
        });
    }

    /// <summary>The bytes of characters; null where something else stands among them, or no whole bytes.</summary>
    public static byte[]? Read(ReadOnlySpan<char> text)
    {
        long unused = text[0] - First, all = Bits * (text.Length - 1L) - unused;
        if (unused >= Bits || all < 0 || all % 8 != 0)
            return null;
        byte[] bytes = new byte[all / 8];
        uint bits = 0;
        for (int at = 0, i = 1, have = 0; i < text.Length; i++)
        {
            uint value = (uint)(text[i] - First);
            if (value >> Bits != 0)
                return null;
            bits = bits << Bits | value;
            for (have += Bits; have >= 8 && at < bytes.Length; have -= 8)
                bytes[at++] = (byte)(bits >> have - 8);
        }
        return bytes;
    }
}
