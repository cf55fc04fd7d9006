using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Data;

/// <summary>The cache reads each column once and gives its rows in any order.</summary>
public class CacheTests
{
    private readonly MLContext _ml = new(1);
    private int _enumerations;

    [Fact]
    public void TheSourceIsReadOnce()
    {
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()));
        Assert.Equal(0, _enumerations);
        for (var i = 0; i < 3; i++)
            Assert.Equal(Enumerable.Range(0, 100), _ml.Data.CreateEnumerable<Row>(cached, false).Select(row => row.Id));
        Assert.Equal(1, _enumerations);
        Assert.Equal(100, cached.GetRowCount());
        Assert.True(cached.CanShuffle);
    }

    [Fact]
    public void VectorsStayDenseOrSparse()
    {
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()));
        using var cursor = cached.GetRowCursor(cached.Schema);
        var (id, features) = (cursor.GetGetter<int>(cached.Schema["Id"]), cursor.GetGetter<VBuffer<float>>(cached.Schema["Features"]));
        var (number, vector) = (0, default(VBuffer<float>));
        while (cursor.MoveNext())
        {
            id(ref number);
            features(ref vector);
            Assert.Equal(number % 2 == 0, vector.IsDense);
            Assert.Equal(Row.Make(number).Features.DenseValues(), vector.DenseValues());
        }
    }

    [Fact]
    public void ARandomOrderIsAPermutationThatKeepsIdentifiers()
    {
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()));
        using var cursor = cached.GetRowCursor(cached.Schema, new Random(3));
        var (value, id) = (cursor.GetGetter<int>(cached.Schema["Id"]), cursor.GetIdGetter());
        var (number, rowId, seen) = (0, default(DataViewRowId), new List<int>());
        while (cursor.MoveNext())
        {
            value(ref number);
            id(ref rowId);
            Assert.Equal((ulong)number, rowId.Low);
            Assert.Equal(seen.Count, cursor.Position);
            seen.Add(number);
        }

        Assert.NotEqual(Enumerable.Range(0, 100), seen);
        Assert.Equal(Enumerable.Range(0, 100), seen.Order());
    }

    [Fact]
    public void ASetOfCursorsSharesTheRows()
    {
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()));
        var seen = new List<int>();
        foreach (var cursor in cached.GetRowCursorSet(cached.Schema, 3))
        {
            using (cursor)
            {
                var getter = cursor.GetGetter<int>(cached.Schema["Id"]);
                var number = 0;
                while (cursor.MoveNext())
                {
                    getter(ref number);
                    seen.Add(number);
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, 100), seen.Order());
    }

    [Fact]
    public void ColumnsCanBeReadAtOnce()
    {
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()), "Id");
        Assert.Equal(Enumerable.Range(0, 100), _ml.Data.CreateEnumerable<IdOnly>(cached, false).Select(row => row.Id));
        Assert.Equal(1, _enumerations);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.Cache(cached, "None"));
    }

    private IEnumerable<Row> Rows()
    {
        _enumerations++;
        for (var i = 0; i < 100; i++)
            yield return Row.Make(i);
    }

    private sealed class IdOnly
    {
        public int Id { get; set; }
    }

    private sealed class Row
    {
        public int Id { get; set; }

        [VectorType(5)]
        public VBuffer<float> Features { get; set; }

        public static Row Make(int i) => new()
        {
            Id = i,
            Features = i % 2 == 0 ? new VBuffer<float>(5, [i, 1, 2, 3, 4]) : new VBuffer<float>(5, 1, [i], [i % 5]),
        };
    }
}
