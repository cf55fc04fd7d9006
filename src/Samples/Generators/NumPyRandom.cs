namespace MlNetShallowNet.Samples.Generators;

/// <summary>
/// The random numbers of NumPy's <c>numpy.random.seed</c>, <c>rand</c> and <c>randn</c>, so that data drawn in the course's Python can be
/// drawn here: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), 53-bit doubles, and normal deviates by Marsaglia's polar
/// method.
/// </summary>
internal sealed class NumPyRandom
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;
    private double? _spareNormal;

    public NumPyRandom(uint seed)
    {
        _state[0] = seed;
        for (int i = 1; i < Size; i++)
            _state[i] = 1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// <summary>Standard normal.</summary>
    public double NextNormal()
    {
        if (_spareNormal is { } spare)
        {
            _spareNormal = null;
            return spare;
        }
        double x, y, squaredRadius;
        do
        {
            x = 2 * NextDouble() - 1;
            y = 2 * NextDouble() - 1;
            squaredRadius = x * x + y * y;
        }
        while (squaredRadius is >= 1 or 0);
        double scale = Math.Sqrt(-2 * Math.Log(squaredRadius) / squaredRadius);
        _spareNormal = scale * x;
        return scale * y;
    }

    private uint NextUInt32()
    {
        if (_next == Size)
            Twist();
        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        _next = 0;
    }
}
