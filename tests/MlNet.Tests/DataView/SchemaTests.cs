using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.DataView;

/// <summary>Column types, schemas, annotations, row identifiers.</summary>
public class SchemaTests
{
    [Fact]
    public void TypesNameThemselves()
    {
        Assert.Equal("Single", NumberDataViewType.Single.ToString());
        Assert.Equal("String", TextDataViewType.Instance.ToString());
        Assert.Equal("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.Equal("Key<UInt32, 0-4>", new KeyDataViewType(typeof(uint), 5).ToString());
        Assert.Equal("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.Equal("Vector<String, 4>", new VectorDataViewType(TextDataViewType.Instance, 4).ToString());
        Assert.Equal("Vector<Single, 2, *>", new VectorDataViewType(NumberDataViewType.Single, 2, 0).ToString());
    }

    [Fact]
    public void TypesAreEqualByWhatTheyHold()
    {
        Assert.Equal(new KeyDataViewType(typeof(uint), 5), new KeyDataViewType(typeof(uint), 5ul));
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 5), new KeyDataViewType(typeof(uint), 6));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.NotEqual(new VectorDataViewType(NumberDataViewType.Single, 2, 3), new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.True(new VectorDataViewType(NumberDataViewType.Single, 2, 3).IsKnownSize);
        Assert.Equal(typeof(VBuffer<float>), new VectorDataViewType(NumberDataViewType.Single).RawType);
    }

    [Fact]
    public void WrongTypesThrow()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorDataViewType(NumberDataViewType.Single, -1));
    }

    [Fact]
    public void ALaterColumnHidesAnEarlierOfItsName()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("a", NumberDataViewType.Single);
        builder.AddColumn("a", NumberDataViewType.Int32);
        var schema = builder.ToSchema();
        Assert.Equal(1, schema["a"].Index);
        Assert.True(schema[0].IsHidden);
        Assert.False(schema[1].IsHidden);
        Assert.Null(schema.GetColumnOrNull("b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema["b"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[2]);
        Assert.Throws<ArgumentNullException>(() => schema.GetColumnOrNull(""));
    }

    [Fact]
    public void AnnotationsAreReadByNameAndType()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        annotations.Add<VBuffer<ReadOnlyMemory<char>>>("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2), GetNames);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("f", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        var column = builder.ToSchema()[0];

        Assert.True(column.IsNormalized());
        Assert.True(column.HasSlotNames());
        Assert.False(column.HasKeyValues());
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(["p", "q"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal("f: Vector<Single, 2> {IsNormalized, SlotNames}", column.ToString());
        var number = 0f;
        Assert.Throws<InvalidOperationException>(() => column.Annotations.GetValue("None", ref number));
        Assert.Throws<ArgumentException>(() => annotations.AddPrimitiveValue("n", NumberDataViewType.Single, 1.0));

        var selected = new DataViewSchema.Annotations.Builder();
        selected.Add(column.Annotations, name => name == "SlotNames");
        Assert.Equal("SlotNames", selected.ToAnnotations().ToString());

        static void GetNames(ref VBuffer<ReadOnlyMemory<char>> value) => value = new(2, ["p".AsMemory(), "q".AsMemory()]);
    }

    [Fact]
    public void RowIdentifiersMixAsInMlNet()
    {
        var id = new DataViewRowId(5, 7);
        Assert.Equal("00000000000000070000000000000005", id.ToString());
        Assert.Equal("000000173e99df3134e09d0a71021974", id.Fork().ToString());
        Assert.Equal("000000173e99df31000000011adce74c", id.Next().ToString());
        Assert.Equal("5d59edbe3cd148ba6f46e3a8703423f0", id.Combine(new DataViewRowId(9, 3)).ToString());
        Assert.True(id.CompareTo(id.Next()) < 0);
    }
}
