namespace MlNetShallowNet.Fuzz;

/// <summary>Alterations as accidents and ill will make them.</summary>
internal static class Mutation
{
    private static readonly byte[][] _extremes =
    [
        [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0x80], [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0, 0, 0xc0, 0x7f], "1e400"u8.ToArray(), "-1"u8.ToArray(),
        "2147483648"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "\""u8.ToArray(), ","u8.ToArray(), "\n"u8.ToArray(), [0xc3],
    ];

    /// <summary>The bytes with one to eight alterations.</summary>
    public static byte[] Of(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (int times = 1 << random.Next(4); times > 0; times--)
            Alter(bytes, random);
        return [.. bytes];
    }

    private static void Alter(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count + 1), length = Math.Min(1 + random.Next(1 + random.Next(64)), bytes.Count - at);
        byte[] extreme = _extremes[random.Next(_extremes.Length)];
        switch (random.Next(8))
        {
            case 0 when length > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when length > 0: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.InsertRange(at, extreme); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
            case 5 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
            default:
                for (int i = 0; i < extreme.Length && at + i < bytes.Count; i++)
                    bytes[at + i] = extreme[i];
                break;
        }
    }
}
