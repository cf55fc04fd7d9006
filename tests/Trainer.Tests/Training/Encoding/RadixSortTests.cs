using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Numbers sorted by their bits are sorted as numbers.</summary>
public class RadixSortTests
{
    public static TheoryData<float[]> Numbers()
    {
        var random = new Random(1);
        return new TheoryData<float[]>(
            [],
            [3],
            [0, -0f, 1, -1, float.Epsilon, float.PositiveInfinity, float.MinValue, float.NegativeInfinity, -float.Epsilon, -0f, 0],
            [.. Enumerable.Range(0, 3000).Select(_ => (float)random.Next(-20, 20))], // many equal ones
            [.. Enumerable.Range(0, 3000).Select(_ => BitConverter.Int32BitsToSingle(random.Next() ^ random.Next(2) << 31)).Where(x => !float.IsNaN(x))]);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void AscendWithOthersAlongAndEqualOnesInTheirOrder(float[] numbers)
    {
        float[] places = [.. Enumerable.Range(0, numbers.Length).Select(i => (float)i)], sorted = (float[])numbers.Clone(), alone = (float[])numbers.Clone();
        RadixSort.Sort(sorted, places);
        RadixSort.Sort(alone, null);
        Assert.Equal(numbers.Order(), sorted);
        Assert.Equal(sorted, alone);
        // Negative zeros come before others, as their bits do.
        IEnumerable<int> expected = Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i]).ThenByDescending(i => float.IsNegative(numbers[i]));
        Assert.Equal(expected, places.Select(p => (int)p));
    }
}
