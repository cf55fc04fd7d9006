using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>The hashes by which a network knows the rows that it was trained on.</summary>
public class RowSketchTests
{
    private static ulong Dense(bool label, params float[] values) => RowSketch.HashOf(default, values, isDense: true, label);

    private static RowSketch Of(IEnumerable<int> rows)
    {
        var builder = new RowSketch.Builder();
        foreach (int row in rows)
            builder.Add(Dense(false, row));
        return builder.ToSketch();
    }

    [Fact]
    public void ARowsHashIsThatOfItsNumbersHoweverTheyAreStored()
    {
        ulong row = Dense(true, 0, 1.5f, 0, -2);
        Assert.Equal(row, RowSketch.HashOf([1, 3], [1.5f, -2], isDense: false, true));
        Assert.Equal(row, RowSketch.HashOf([0, 1, 3], [-0f, 1.5f, -2], isDense: false, true));
        Assert.Equal(7, new HashSet<ulong>
        {
            row, Dense(false, 0, 1.5f, 0, -2), Dense(true, 1.5f, 0, 0, -2), Dense(true, 0, 1.5f, 0, 2), Dense(true, 0, -2, 0, 1.5f), Dense(true, 0, 1.5f, 0, 0),
            Dense(true, 0, MathF.BitIncrement(1.5f), 0, -2),
        }.Count);
    }

    [Fact]
    public void OfFewRowsEveryOneIsKnownAndNoOther()
    {
        RowSketch sketch = Of(Enumerable.Range(0, 3000));
        Assert.All(Enumerable.Range(0, 3000), row => Assert.True(sketch.Holds(Dense(false, row))));
        Assert.All(Enumerable.Range(3000, 3000), row => Assert.False(sketch.Holds(Dense(false, row))));
    }

    [Fact]
    public void OfManyRowsASampleIsKnownWhichDependsOnTheRowsAlone()
    {
        const int rows = 100_000;
        RowSketch sketch = Of(Enumerable.Range(0, rows));
        Assert.Equal(RowSketch.MostHashes, sketch.Hashes.Length);
        Assert.Equal(RowSketch.MostHashes, Enumerable.Range(0, rows).Count(row => sketch.Holds(Dense(false, row)) == true));
        Assert.DoesNotContain(Enumerable.Range(0, rows), row => sketch.Holds(Dense(false, row)) == false);
        // Of other rows as many can be compared: 4,096 in expectation, with a standard deviation of 64.
        bool?[] others = [.. Enumerable.Range(rows, rows).Select(row => sketch.Holds(Dense(false, row)))];
        Assert.InRange(others.Count(holds => holds == false), 3700, 4500);
        Assert.DoesNotContain(true, others);

        Assert.Equal(sketch.Hashes.ToArray(), Of(Enumerable.Range(0, rows).Reverse().SelectMany(row => (int[])[row, row])).Hashes.ToArray());
    }

    [Fact]
    public void TheSketchOfTwoTablesIsThatOfAllTheirRows()
    {
        RowSketch first = Of(Enumerable.Range(0, 20_000)), second = Of(Enumerable.Range(15_000, 20_000)), all = Of(Enumerable.Range(0, 35_000));
        Assert.Equal(all.Hashes.ToArray(), first.With(second).Hashes.ToArray());
        Assert.Same(first, first.With(null));
    }
}
