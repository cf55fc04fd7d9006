namespace Microsoft.ML.Runtime;

/// <summary>The public-domain MurmurHash3 (32 bits), with the deviations for text that ML.NET's stored hashes depend on.</summary>
internal static class Murmur
{
    public static uint Round(uint hash, uint block)
    {
        hash ^= BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
        return BitOperations.RotateLeft(hash, 13) * 5 + 0xE6546B64;
    }

    public static uint Mix(uint hash, int length)
    {
        hash ^= (uint)length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    /// <summary>The hash of a text: each UTF-16 unit in its UTF-8 form, those of two and more bytes in ML.NET's order.</summary>
    public static uint HashText(uint hash, ReadOnlySpan<char> text)
    {
        ulong block = 0;
        var bits = 0;
        var length = 0;
        foreach (uint c in text)
        {
            if (c <= 0x007F)
            {
                block |= c << bits;
                bits += 8;
            }
            else if (c <= 0x07FF)
            {
                // What was pending is swapped along with the new bytes: a mistake that hashes stored everywhere now depend on.
                block |= (ulong)((c & 0x003F) | ((c << 2) & 0x1F00) | 0xC080) << bits;
                block = ((block & 0xFF) << 8) | (block >> 8);
                bits += 16;
            }
            else
            {
                block |= (ulong)((c & 0x003F) | ((c << 2) & 0x3F00) | ((c << 4) & 0x0F0000) | 0xE08080) << bits;
                block = ((block & 0xFF) << 16) | (((block >> 8) & 0xFF) << 8) | (block >> 16);
                bits += 24;
            }
            if (bits >= 32)
            {
                hash = Round(hash, (uint)block);
                block >>= 32;
                bits -= 32;
                length += 4;
            }
        }
        if (bits > 0)
            length += bits / 8;
        var rest = (length & 3) switch { 3 => (uint)block & 0xFFFFFF, 2 => (uint)block & 0xFFFF, 1 => (uint)block & 0xFF, _ => 0u };
        if (rest != 0)
            hash ^= BitOperations.RotateLeft(rest * 0xCC9E2D51, 15) * 0x1B873593;
        return Mix(hash, length);
    }
}
