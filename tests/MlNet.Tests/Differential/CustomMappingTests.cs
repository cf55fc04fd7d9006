using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>Custom mappings and constant expressions: saved, loaded, run in parallel, and what they cost.</summary>
public class CustomMappingTests
{
    private const string Contract = "MlNetTests.Scale";

    [Fact]
    public void A_chain_with_mappings_and_a_constant_text_loads_and_gives_the_same()
    {
        var ml = new MLContext(1);
        var data = Tables.Small(ml);
        var text = new string('x', 1_000_000) + "/+=";
        var before = ml.Transforms.CopyColumns("Helper", "Vector")
            .Append(ml.Transforms.CustomMapping<Nothing, Constant>(ConstantKey.Map, "MlNetTests.Constant"))
            .Append(ml.Transforms.Expression("State", $"x => \"{text}\"", "Constant"))
            .Append(ml.Transforms.CustomMapping<Source, Target>(Scale.Map, Contract))
            .Append(ml.Transforms.DropColumns("Helper", "Constant")).Fit(data);
        using var stream = new MemoryStream();
        ml.Model.Save(before, data.Schema, stream);
        stream.Position = 0;
        var other = new MLContext();
        other.ComponentCatalog.RegisterAssembly(typeof(Scale).Assembly);
        var after = other.Model.Load(stream, out _);
        Assert.Equal(before.Transform(data).GetColumn<float>("Sum"), after.Transform(data).GetColumn<float>("Sum"));
        Assert.All(after.Transform(data).GetColumn<ReadOnlyMemory<char>>("State"), state => Assert.Equal(text.Length, state.Length));
        var expected = before.Transform(data).GetColumn<float>("Sum").ToArray();
        Parallel.For(0, 8, _ => Assert.Equal(expected, after.Transform(data).GetColumn<float>("Sum")));
        Assert.Equal(expected[2],
            other.Model.CreatePredictionEngine<Tables.Row, Target>(after).Predict(new Tables.Row { Vector = [3, 2, 1, 0, 5] }).Sum);
    }

    [Fact]
    public void A_constant_text_is_one_string_for_all_cursors_and_costs_nothing_per_row()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 2000).Select(_ => new Constant()).ToArray());
        var view = ml.Transforms.Expression("State", "x => \"abc\"", "Constant").Fit(data).Transform(data);
        Assert.Same(FirstString(view), FirstString(view));

        using var cursor = view.GetRowCursor([view.Schema["State"]]);
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["State"]);
        ReadOnlyMemory<char> text = default;
        for (int i = 0; i < 100 && cursor.MoveNext(); i++)
            getter(ref text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            getter(ref text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal("abc", text.ToString());
    }

    [Fact]
    public void The_mapping_runs_once_per_row_however_many_columns_are_read()
    {
        var ml = new MLContext(1);
        int calls = 0;
        var data = Tables.Small(ml);
        var view = ml.Transforms.CustomMapping<Nothing, Two>((_, to) => (to.A, to.B) = (++calls, -calls), null).Fit(data).Transform(data);
        calls = 0;
        using (var cursor = view.GetRowCursor([view.Schema["A"], view.Schema["B"]]))
        {
            var (a, b) = (cursor.GetGetter<float>(view.Schema["A"]), cursor.GetGetter<float>(view.Schema["B"]));
            float x = 0, y = 0;
            while (cursor.MoveNext())
            {
                b(ref y);
                a(ref x);
                b(ref y);
                Assert.Equal(-x, y);
            }
        }

        Assert.Equal(5, calls);
    }

    [Fact]
    public void A_mapping_without_a_contract_or_with_one_unknown_says_so()
    {
        var ml = new MLContext(1);
        var data = Tables.Small(ml);
        using var stream = new MemoryStream();
        var nameless = ml.Transforms.CustomMapping<Source, Target>(Scale.Map, null);
        Assert.Throws<InvalidOperationException>(() => ml.Model.Save(nameless.Append(ml.Transforms.DropColumns("Vector"))
            .Fit(ml.Transforms.CopyColumns("Helper", "Vector")
            .Append(ml.Transforms.Expression("State", "x => \"2\"", "Number")).Fit(data).Transform(data)), data.Schema, stream));
        Assert.ThrowsAny<ArgumentException>(() => ml.Transforms.CustomMapping<Source, Target>(Scale.Map, null).Fit(data));
    }

    private static string FirstString(IDataView view)
    {
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetString(view.GetColumn<ReadOnlyMemory<char>>("State").First(),
            out var text, out _, out _));
        return text;
    }

    internal sealed class Nothing;

    internal sealed class Constant
    {
        [ColumnName("Constant")]
        public float Value { get; set; }
    }

    internal sealed class Two
    {
        public float A { get; set; }
        public float B { get; set; }
    }

    internal sealed class Source
    {
        [VectorType]
        public VBuffer<float> Helper { get; set; }
        public ReadOnlyMemory<char> State { get; set; }
    }

    internal sealed class Target
    {
        public float Sum { get; set; }
    }

    [CustomMappingFactoryAttribute("MlNetTests.Constant")]
    internal sealed class ConstantKey : CustomMappingFactory<Nothing, Constant>
    {
        public override Action<Nothing, Constant> GetMapping() => Map;

        public static void Map(Nothing from, Constant to) => to.Value = 0;
    }

    [CustomMappingFactoryAttribute(Contract)]
    internal sealed class Scale : CustomMappingFactory<Source, Target>
    {
        public override Action<Source, Target> GetMapping() => Map;

        public static void Map(Source from, Target to)
            => to.Sum = from.Helper.DenseValues().Where(value => !float.IsNaN(value)).Sum() * from.State.Length;
    }
}
