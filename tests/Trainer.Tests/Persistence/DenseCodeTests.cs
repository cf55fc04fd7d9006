using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class DenseCodeTests
{
    [Fact]
    public void BytesOfAnyLengthComeBack()
    {
        var random = new Random(3);
        for (int length = 0; length < 200; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            if (length % 3 == 0)
                Array.Fill(bytes, (byte)255);
            string text = DenseCode.Write(bytes);
            Assert.Equal(1 + (8 * length + 14) / 15, text.Length);
            Assert.True(DenseCode.Begins(text));
            Assert.All(text, c => Assert.InRange(c, '\u3000', '\uafff'));
            Assert.Equal(bytes, DenseCode.Read(text));
        }
    }

    [Theory]
    [InlineData("\u3000\u3000")] // 15 bits are no whole bytes
    [InlineData("\u300f")] // of no characters, none can be unused
    [InlineData("\u3007\u3000A")] // another text behind
    [InlineData("\u3007\ub000")]
    [InlineData("\ub000\u3000")]
    public void WhatIsNoneIsRefused(string text) => Assert.Null(DenseCode.Read(text));
}
