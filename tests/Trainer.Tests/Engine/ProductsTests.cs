using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

public class ProductsTests
{
    public static TheoryData<int> Lengths => [0, 1, 3, 4, 7, 8, 15, 16, 17, 33, 100];

    private static (float[] A, float[] B, float[] C) Draw(int length)
    {
        var random = new Random(length);
        float[] Numbers() => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 4 - 2)];
        return (Numbers(), Numbers(), Numbers());
    }

    // n products and their sum in single precision: each term goes through at most n + 2 roundings.
    private static void CheckSum(double[] terms, double found) =>
        Assert.Equal(terms.Sum(), found, (terms.Length + 2) * Math.Pow(2, -24) * terms.Sum(Math.Abs));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void SumsOfProducts(int length)
    {
        (float[] a, float[] b, float[] c) = Draw(length);
        float[] longer = [.. b, float.NaN]; // only as many as there are in the first are read
        CheckSum([.. a.Select((x, i) => (double)x * b[i])], Products.Dot<float>(a, longer));
        CheckSum([.. a.Select((x, i) => (double)x * b[i])], Products.Dot<double>(Array.ConvertAll(a, x => (double)x), Array.ConvertAll(longer, x => (double)x)));
        CheckSum([.. a.Select((x, i) => (double)x * b[i] * c[i])], Products.Dot(a, longer, c));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void MultiplesAreAdded(int length)
    {
        (float[] a, float[] b, float[] c) = Draw(length);
        float[] once = [.. c, 5], twice = [.. c, 5];
        Products.Add<float>(0.3f, a, once);
        Products.Add(0.3f, a, b, twice);
        for (int i = 0; i < length; i++)
        {
            CheckSum([c[i], 0.3f * (double)a[i]], once[i]);
            CheckSum([c[i], 0.3f * (double)a[i] * b[i]], twice[i]);
        }
        Assert.Equal((5f, 5f), (once[length], twice[length]));
    }
}
