namespace MlNetShallowNet.Samples.Training;

/// <summary>The checksum of zip files (CRC-32, polynomial 0xEDB88320).</summary>
internal static class Crc32
{
    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(ofByte => Shifted((uint)ofByte))];

    /// <summary>The checksum of all that is left of a stream.</summary>
    public static uint Of(Stream stream)
    {
        uint crc = uint.MaxValue;
        byte[] buffer = new byte[1 << 16];
        for (int length = stream.Read(buffer); length > 0; length = stream.Read(buffer))
        {
            foreach (byte b in buffer.AsSpan(0, length))
                crc = _table[(byte)(crc ^ b)] ^ crc >> 8;
        }
        return ~crc;
    }

    private static uint Shifted(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : value >> 1 ^ 0xEDB88320;
        return value;
    }
}
