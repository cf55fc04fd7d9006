using MathNet.Numerics.Random;

namespace MlNetShallowNet.Training;

/// <summary>Random whole numbers that can go on from where they were: the generator's state is the seed and how often it was asked.</summary>
internal sealed class CountedRandom(int seed) : Xoshiro256StarStar(seed, threadSafe: false)
{
    /// <summary>How many numbers of some bits, out of which whole numbers in a range are made, were drawn.</summary>
    public long Draws { get; private set; }

    /// <summary>Goes on to where so many numbers were drawn.</summary>
    public void GoOnTo(long draws)
    {
        while (Draws < draws)
            DoSampleInt32WithNBits(1);
    }

    protected override int DoSampleInt32WithNBits(int bitCount)
    {
        Draws++;
        return base.DoSampleInt32WithNBits(bitCount);
    }
}
