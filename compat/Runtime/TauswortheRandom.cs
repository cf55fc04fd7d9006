namespace Microsoft.ML.Runtime;

/// <summary>The random numbers that ML.NET draws: three Tausworthe generators and a linear congruential one, xor-ed.</summary>
internal sealed class TauswortheRandom : Random
{
    private uint _z1;
    private uint _z2;
    private uint _z3;
    private uint _z4;

    private TauswortheRandom(uint seed)
    {
        _z1 = seed;
        _z2 = Murmur.Round(_z1, seed);
        _z3 = Murmur.Round(_z2, seed);
        _z4 = Murmur.Round(_z3, seed);
    }

    public TauswortheRandom(Random source)
    {
        _z1 = DrawState(source, 128);
        _z2 = DrawState(source, 128);
        _z3 = DrawState(source, 128);
        _z4 = DrawState(source, 0);
    }

    public static TauswortheRandom Create(int? seed)
        => seed is { } value ? new TauswortheRandom((uint)value) : new TauswortheRandom(new Random());

    public override int Next()
    {
        var u = NextBits();
        return (int)(u + (u & 0x80000000U));
    }

    public override int Next(int maxValue)
    {
        Contracts.CheckParam(maxValue >= 0, nameof(maxValue), "It must not be negative.");
        return (int)((ulong)NextBits() * (ulong)maxValue >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        Contracts.CheckParam(minValue <= maxValue, nameof(minValue), "It must not exceed the largest value.");
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    public override double NextDouble() => NextBits() * (1.0 / 4294967296.0);
    public override float NextSingle() => (NextBits() >> 9) * (1f / (1 << 23));
    public int NextSigned() => (int)NextBits();

    public override void NextBytes(byte[] buffer)
    {
        for (var i = 0; i < buffer.Length; i++)
            buffer[i] = (byte)Next();
    }

    private uint NextBits()
    {
        _z1 = Step(_z1, 13, 19, 12, ~0x1U);
        _z2 = Step(_z2, 2, 25, 4, ~0x7U);
        _z3 = Step(_z3, 3, 11, 17, ~0xfU);
        _z4 = 1664525 * _z4 + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }

    private static uint Step(uint z, int s1, int s2, int s3, uint mask) => ((z & mask) << s3) ^ (((z << s1) ^ z) >> s2);

    private static uint DrawState(Random source, uint least)
    {
        while (true)
        {
            var u = ((uint)source.Next(0x10000) << 16) | (uint)source.Next(0x10000);
            if (u >= least)
                return u;
        }
    }
}
