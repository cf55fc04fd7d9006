using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Data;

/// <summary>Objects as rows, and rows as objects.</summary>
public class EnumerableTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void MembersBecomeColumns()
    {
        var schema = _ml.Data.LoadFromEnumerable(new[] { new Members() }).Schema;
        Assert.Equal(
            ["A: Int32", "dd: Double", "Text: String", "Flag: Boolean", "Sized: Vector<Single, 3>", "Free: Vector<Single>",
                "Names: Vector<String>", "Key: Key<UInt32, 0-4>", "When: DateTime"],
            schema.Select(column => column.ToString()));
    }

    [Fact]
    public void ObjectsComeBackAsTheyWere()
    {
        var row = new Members
        {
            A = 1,
            D = 2.5,
            Text = "text",
            Flag = true,
            Sized = [1, 2, 3],
            Free = [4],
            Names = ["x", "y"],
            Key = 3,
            When = new DateTime(2024, 1, 2, 3, 4, 5),
        };
        var view = _ml.Data.LoadFromEnumerable(new[] { row, new Members { Key = 5, Text = null! } });
        var back = _ml.Data.CreateEnumerable<Members>(view, reuseRowObject: false).ToArray();
        Assert.Equivalent(new { row.A, row.D, row.Text, row.Flag, row.Sized, row.Free, row.Names, row.When }, back[0]);

        // Keys count from 0 in objects that are read and from 1 in columns and objects that are written; one beyond the last is missing.
        Assert.Equal(4u, back[0].Key);
        Assert.Equal(0u, back[1].Key);
        Assert.Equal("", back[1].Text);

        // An empty vector leaves a member without an array as it is.
        Assert.Null(back[1].Sized);
        Assert.Null(back[1].Names);
    }

    [Fact]
    public void EveryCursorEnumeratesAnew()
    {
        var enumerations = 0;
        var view = _ml.Data.LoadFromEnumerable(Rows());
        Assert.Equal(0, enumerations);
        Assert.Null(view.GetRowCount());
        Assert.Equal(2, _ml.Data.CreateEnumerable<IdOnly>(view, false).Count());
        Assert.Equal(2, _ml.Data.CreateEnumerable<IdOnly>(view, false).Count());
        Assert.Equal(2, enumerations);
        Assert.Equal(2, _ml.Data.LoadFromEnumerable(Rows().ToArray()).GetRowCount());

        IEnumerable<IdOnly> Rows()
        {
            enumerations++;
            yield return new IdOnly { Id = 1 };
            yield return new IdOnly { Id = 2 };
        }
    }

    [Fact]
    public void ARowObjectIsReusedIfAsked()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new IdOnly { Id = 1 }, new IdOnly { Id = 2 } });
        var reused = _ml.Data.CreateEnumerable<IdOnly>(view, reuseRowObject: true).ToArray();
        Assert.Same(reused[0], reused[1]);
        Assert.Equal(2, reused[0].Id);
    }

    [Fact]
    public void MistakesThrow()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new IdOnly { Id = 1 } });
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateEnumerable<Extra>(view, false).Count());
        Assert.Equal(1, _ml.Data.CreateEnumerable<Extra>(view, false, ignoreMissingColumns: true).Single().Id);
        Assert.Throws<InvalidOperationException>(() => _ml.Data.CreateEnumerable<OtherType>(view, false).Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { new Unsupported() }));
        var withNull = _ml.Data.LoadFromEnumerable(new IdOnly[] { new(), null! });
        Assert.Throws<InvalidOperationException>(() => _ml.Data.CreateEnumerable<IdOnly>(withNull, false).Count());
    }

    [Fact]
    public void GettersAreCheckedForActivityAndType()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new Extra { Id = 1 } });
        using var cursor = view.GetRowCursor([view.Schema["Id"]]);
        Assert.True(cursor.IsColumnActive(view.Schema["Id"]));
        Assert.False(cursor.IsColumnActive(view.Schema["More"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<int>(view.Schema["More"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Id"]));
    }

    [Fact]
    public void ADefinitionChangesNamesAndSizes()
    {
        var definition = SchemaDefinition.Create(typeof(Members));
        definition["Free"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        definition["A"].ColumnName = "B";
        var view = _ml.Data.LoadFromEnumerable(new[] { new Members { A = 7, Free = [1, 2] } }, definition);
        Assert.Equal("Vector<Single, 2>", view.Schema["Free"].Type.ToString());
        Assert.Null(view.Schema.GetColumnOrNull("A"));
        Assert.Equal(NumberDataViewType.Int32, view.Schema["B"].Type);
    }

    [Fact]
    public void ASchemaGivesSizesAndAnnotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        var view = _ml.Data.LoadFromEnumerable(new[] { new Vector { Features = [1, 2] } }, builder.ToSchema());
        Assert.Equal("Vector<Single, 2>", view.Schema["Features"].Type.ToString());
        Assert.True(view.Schema["Features"].IsNormalized());
    }

    private sealed class Members
    {
        public int A;

        [ColumnName("dd")]
        public double D;

        [NoColumn]
        public object? Ignored { get; set; }

        public string Text { get; set; } = "";

        public bool Flag { get; set; }

        [VectorType(3)]
        public float[]? Sized { get; set; }

        public float[]? Free { get; set; }

        public string[]? Names { get; set; }

        [KeyType(5)]
        public uint Key { get; set; }

        public DateTime When { get; set; }
    }

    private sealed class IdOnly
    {
        public int Id { get; set; }
    }

    private sealed class Extra
    {
        public int Id { get; set; }

        public int More { get; set; }
    }

    private sealed class OtherType
    {
        public float Id { get; set; }
    }

    private sealed class Unsupported
    {
        public object? Anything { get; set; }
    }

    private sealed class Vector
    {
        public float[] Features { get; set; } = [];
    }
}
