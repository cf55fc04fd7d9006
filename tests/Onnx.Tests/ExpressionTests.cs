using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Onnx;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.OnnxTests;

/// <summary>Expressions become nodes that compute the same; a network that passes its one feature through shows it.</summary>
public sealed class ExpressionTests
{
    private static readonly double[] _days = [0, 0.5, -0.25, 59, 60, 59.9999, 10956, 10957, 19782.75, 19783, -25568, 60000.125, double.NaN];

    public static TheoryData<string> Parts() => new(DateParts.All.Select(part => part.Name));

    [Theory]
    [MemberData(nameof(Parts))]
    public void PartsOfDatesAreAlike(string part)
    {
        int index = DateParts.All.Select(each => each.Name).ToList().IndexOf(part);
        Scored[] scored = Compare(DateParts.All[index].Expression);
        Assert.Equal(_days.SkipLast(1).Select(day => (float)DateParts.Of(day)[index]), scored.SkipLast(1).Select(row => row.Score));
    }

    [Theory]
    [InlineData("x => x")]
    [InlineData("x => 1.5 + 2.0 * x - x / 4.0 / 2.0")]
    [InlineData("x => (x - 1.0) * -(x + 2.0)")]
    [InlineData("x => x > 3.0 ? x < 60.0 ? 1.0 : 2.0 : x >= 0.5 ? 3.0 : x <= 0.0 ? 4.0 : 5.0")]
    [InlineData("x => with(a = x + 1.0; with(b = a * a; floor(b / 7.0) - a))")]
    [InlineData("x => 0.1 * x + 3000000000 - 2")]
    [InlineData("x => x > 0.1 ? 0.7 : -0.3")]
    [InlineData("x => (x > 0.1 ? 7 : 3) / x")]
    public void ArithmeticIsAlike(string expression) => Compare(expression);

    [Theory]
    [InlineData("x => sin(x)", "sin")]
    [InlineData("x => y", "y")]
    [InlineData("x => (x", "''")]
    [InlineData("x => 1 / 2 * x", "'/'")]
    [InlineData("x => 0.1 * 0.2 * x", "'*'")]
    [InlineData("x => x * (2147483647 + 1)", "'+'")]
    [InlineData("x => x > 1 ? 16777217 : 2.0", "'?'")]
    [InlineData("x => 1 < 2 ? x : 3.0", "'<'")]
    [InlineData("x => floor(3) * x", "'floor'")]
    [InlineData("x => with(a = x; with(a = 2.0 * x; a) + a)", "'a'")]
    [InlineData("x => 0.5", "'=>'")]
    [InlineData("x => x > 1 ? 2 : 3", "'=>'")]
    [InlineData("x => x > 1", "'=>'")]
    public void WhatIsMoreIsNotUnderstood(string expression, string word) =>
        Assert.Contains(word, Assert.Throws<FormatException>(() => Onnx.Expressions.ExpressionNodes.Add(expression, "x", new Onnx.Graphs.GraphBuilder([]))).Message, StringComparison.Ordinal);

    [Fact]
    public void WhatIsNotUnderstoodNamesTheStep()
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => Compare("x => 1 / 2 * x"));
        Assert.Contains("The step Expression, which makes the column 'Value', can't be written", refused.Message, StringComparison.Ordinal);
    }

    private static Scored[] Compare(string expression)
    {
        var ml = new MLContext(0);
        IDataView rows = ml.Data.LoadFromEnumerable(_days.Select(day => new Row { Days = day }));
        ITransformer before = ml.Transforms.Expression("Value", expression, nameof(Row.Days))
            .Append(ml.Transforms.Conversion.ConvertType("Single", "Value")).Append(ml.Transforms.Concatenate("Features", "Single")).Fit(rows);
        ShallowNetworkTransformer passing = new(new ShallowNetworkModelParameters(Activation.Identity, 1, [1], [0], [1], 0), "Features");
        var model = new TransformerChain<ITransformer>(before, passing);
        using var file = new OnnxFile(OnnxExport.Create(model, rows.Schema).ToByteArray());
        Scored[] scored = file.Score(rows);
        Scored.AreAlike(Scored.Of(model.Transform(rows)), scored);
        return scored;
    }

    private sealed class Row
    {
        public double Days { get; set; }
    }
}
