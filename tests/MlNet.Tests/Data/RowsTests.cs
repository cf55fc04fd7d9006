using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Data;

/// <summary>Taking, skipping and filtering rows.</summary>
public class RowsTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public RowsTests() => _data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row
    {
        Id = i,
        F = i % 5 == 4 ? float.NaN : i,
        V = i % 7 == 6 ? [1, float.NaN] : [1, 2],
        K = (uint)(i % 4),
        T = "t",
    }).ToArray());

    [Fact]
    public void TakesAndSkips()
    {
        Assert.Equal([0, 1, 2], Ids(_ml.Data.TakeRows(_data, 3)));
        Assert.Equal([17, 18, 19], Ids(_ml.Data.SkipRows(_data, 17)));
        Assert.Empty(Ids(_ml.Data.SkipRows(_data, 99)));
        Assert.Equal(20, Ids(_ml.Data.TakeRows(_data, 99)).Length);
        Assert.Equal(3, _ml.Data.TakeRows(_data, 3).GetRowCount());
        Assert.Equal(0, _ml.Data.SkipRows(_data, 99).GetRowCount());
        Assert.False(_ml.Data.TakeRows(_ml.Data.Cache(_data), 3).CanShuffle);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TakeRows(_data, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.SkipRows(_data, 0));
    }

    [Fact]
    public void LeavesOutMissingValues()
    {
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i % 5 != 4), Ids(_ml.Data.FilterRowsByMissingValues(_data, "F")));

        // A key beyond the last is missing.
        Assert.Equal(
            Enumerable.Range(0, 20).Where(i => i % 7 != 6 && i % 4 != 3), Ids(_ml.Data.FilterRowsByMissingValues(_data, "V", "K")));
    }

    [Theory]
    [InlineData("T")]
    [InlineData("Id")]
    [InlineData("None")]
    public void OnlyNumbersAndKeysCanBeMissing(string column)
        => Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.FilterRowsByMissingValues(_data, column));

    [Fact]
    public void PositionsCountTheRowsGivenAndIdentifiersStay()
    {
        var filtered = _ml.Data.FilterRowsByMissingValues(_data, "F");
        using var cursor = filtered.GetRowCursor([filtered.Schema["Id"]]);
        var (value, id) = (cursor.GetGetter<int>(filtered.Schema["Id"]), cursor.GetIdGetter());
        var (number, rowId, position) = (0, default(DataViewRowId), 0L);
        Assert.Equal(-1, cursor.Position);
        while (cursor.MoveNext())
        {
            value(ref number);
            id(ref rowId);
            Assert.Equal(position++, cursor.Position);
            Assert.Equal((ulong)number, rowId.Low);
        }

        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.IsColumnActive(filtered.Schema["F"]));
    }

    [Fact]
    public void SplitsHaveBadArgumentsToo()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(_data, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(_data, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(_data, 0.1, "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CrossValidationSplit(_data, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.ShuffleRows(_data, 1, 0));
    }

    [Fact]
    public void ASplitWithoutKeyCannotBeShuffled()
    {
        var cached = _ml.Data.Cache(_data);
        Assert.False(_ml.Data.TrainTestSplit(cached, 0.5).TrainSet.CanShuffle);
        Assert.True(_ml.Data.TrainTestSplit(cached, 0.5, "T").TrainSet.CanShuffle);
        Assert.Null(_ml.Data.TrainTestSplit(cached, 0.5).TrainSet.GetRowCount());
    }

    private int[] Ids(IDataView data) => _ml.Data.CreateEnumerable<IdOnly>(data, reuseRowObject: false).Select(row => row.Id).ToArray();

    private sealed class IdOnly
    {
        public int Id { get; set; }
    }

    private sealed class Row
    {
        public int Id { get; set; }

        public float F { get; set; }

        [VectorType(2)]
        public float[] V { get; set; } = [];

        [KeyType(3)]
        public uint K { get; set; }

        public string T { get; set; } = "";
    }
}
