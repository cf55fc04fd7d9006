using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class OccurringFeaturesTests
{
    // Features 1, 4 and 5 of seven occur.
    private static readonly SparseRows _rows = new(7, [0, 2, 2, 4], [1, 5, 4, 5], [1, 2, 3, 4], [1, 0, 1], [1, 2, 3]);

    [Fact]
    public void RowsKeepWhatTheyHave()
    {
        OccurringFeatures those = OccurringFeatures.Of(_rows)!;
        var only = (SparseRows)those.Only(_rows);
        Assert.Equal(3, only.FeatureCount);
        Assert.Equal([0, 2, 2, 4], only.RowStarts);
        Assert.Equal([0, 2, 1, 2], only.Indices);
        Assert.Equal([1, 2, 3, 4], only.Values);
        Assert.Equal((_rows.Labels, _rows.Weights), (only.Labels, only.Weights));
        Assert.Equal(only.ToDense().Values, ((DenseRows)those.Only(_rows.ToDense())).Values);
    }

    /// <summary>Rows to judge by may have others, which the model does not read.</summary>
    [Fact]
    public void OfOtherRowsTheRestIsLeftOut()
    {
        var others = (SparseRows)OccurringFeatures.Of(_rows)!.Only(new SparseRows(7, [0, 3], [0, 4, 6], [7, 8, 9], [1]));
        Assert.Equal([1], others.Indices);
        Assert.Equal([8], others.Values);
    }

    [Fact]
    public void WhereAllOccurOrNoneNothingIsLeftOut()
    {
        Assert.Null(OccurringFeatures.Of(new SparseRows(2, [0, 1, 2], [0, 1], [1, 1], [0, 1])));
        Assert.Null(OccurringFeatures.Of(new SparseRows(2, [0, 0], [], [], [0])));
    }

    [Fact]
    public void AnEncodingOfThemReadsRowsOfAll()
    {
        OccurringFeatures those = OccurringFeatures.Of(_rows)!;
        var encoding = new InputEncoding([0, 0, -1], [1, 2, 9], [[0], [0, 1, 2], [-1, 9]], [new FeatureCross(0, 1, 1, 2)]);
        InputEncoding all = those.OfAll(encoding);
        Assert.Equal((7, encoding.ColumnCount), (all.FeatureCount, all.ColumnCount));
        Assert.Equal([new FeatureCross(1, 1, 4, 2)], all.Crosses.ToArray());
        float[] columns = new float[all.ColumnCount], expected = new float[all.ColumnCount];
        all.Encode([8, 0.5f, 8, 8, 1.25f, 4, 8], columns);
        encoding.Encode([0.5f, 1.25f, 4], expected);
        Assert.Equal(expected, columns);
    }

    /// <summary>How wide the hash is that words fall into does not matter: the network of those that occur comes out, on all features.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ATableInAWideHashIsLearntAsWithoutIt(bool hasValidation)
    {
        const int Columns = 40, Wide = 5_000;
        var random = new Random(3);
        int[] place = [.. Enumerable.Range(0, Columns).Select(c => c * 120 + 7)];
        Row[] narrow = [.. Enumerable.Range(0, 600).Select(_ => Draw())], fresh = [.. Enumerable.Range(0, 100).Select(_ => Draw())];
        var ml = new MLContext(1);
        float[] expected = Scores(Columns, r => r), scores = Scores(Wide, r => r with { Features = new VBuffer<float>(Wide, r.Features.GetValues().Length, r.Features.GetValues().ToArray(), [.. r.Features.GetIndices().ToArray().Select(d => place[d])]) });
        Assert.Equal(expected, scores);

        Row Draw()
        {
            int word = 2 + random.Next(Columns - 2);
            float x = (float)random.NextDouble();
            return new Row(word % 3 == 0 ? x > 0.3 : x > 0.7, new VBuffer<float>(Columns, 2, [x, 1], [0, word]));
        }

        float[] Scores(int features, Func<Row, Row> wide)
        {
            SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
            schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
            IDataView View(IEnumerable<Row> rows) => ml.Data.LoadFromEnumerable(rows.Select(wide), schema);
            ShallowNetworkTrainer trainer = ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options { Seed = 5, NumberOfIterations = 5 });
            ShallowNetworkTransformer model = hasValidation ? trainer.Fit(View(narrow), View(fresh)) : trainer.Fit(View(narrow));
            Assert.Equal(features, model.Model.FeatureCount);
            return [.. model.Transform(View(fresh)).GetColumn<float>("Score")];
        }
    }

    private sealed record Row(bool Label, VBuffer<float> Features);
}
