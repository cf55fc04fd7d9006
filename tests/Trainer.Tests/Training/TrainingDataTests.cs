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
}
