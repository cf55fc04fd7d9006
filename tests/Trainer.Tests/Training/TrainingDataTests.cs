using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class TrainingDataTests
{
    /// <summary>Rows are prepared where they stand; what was decided from them stays what it was.</summary>
    [Fact]
    public void TheShapeIsThatOfTheRowsAsTheyWereAtFirst()
    {
        float[] values = [1.5f, 4];
        using var data = new DataInMemory(new SparseRows(100, [0, 1, 2], [3, 70], values, [0, 1]));
        DataShape shape = data.Shape;
        Assert.Equal((true, 1.0), (shape.IsFarWider, shape.ActiveFeatures));
        Array.Fill(values, 9f);
        Assert.Equal(shape, data.Shape);
    }

    /// <summary>Small tables are learnt from as dense rows, also sparse ones; text is not.</summary>
    [Theory]
    [InlineData(100, 1_001, 30, true)]  // many more columns than rows, few of a row's not 0
    [InlineData(100, 1_001, 60, false)] // as many as of measurements that are often 0
    [InlineData(100, 900, 10, false)]   // not that many more columns
    public void OnlyRowsOfTextStaySparseWhereTheyTakeLittleRoom(int rows, int features, int nonZeros, bool isSparse)
    {
        int[] starts = [.. Enumerable.Range(0, rows + 1).Select(i => i * nonZeros)];
        int[] indices = [.. Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, nonZeros).Select(k => (i + k * (features / nonZeros)) % features).Order())];
        var data = new DataInMemory(new SparseRows(
            features, starts, indices, [.. indices.Select(_ => 1f)], [.. Enumerable.Range(0, rows).Select(i => (float)(i % 2))]));
        Assert.Equal(isSparse, data.ForLearning().Sample is SparseRows);
    }
}
