using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Model;

/// <summary>Engines over single objects.</summary>
public class PredictionEngineTests
{
    private readonly MLContext _ml = new(1);
    private readonly ITransformer _model = new TransformerChain<ITransformer>();

    [Fact]
    public void CopiesWhatTheModelGives()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(_model);
        Assert.Equal(2, engine.OutputSchema.Count);
        var first = engine.Predict(new Input { Id = 1, Features = [1, 2] });
        var second = engine.Predict(new Input { Id = 2, Features = [3] });
        Assert.Equal((1, 2), (first.Id, second.Id));
        Assert.Equal([1f, 2f], first.Features);
        Assert.Equal([3f], second.Features);
        engine.Predict(new Input { Id = 3 }, ref first);
        Assert.Equal(3, first.Id);
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }

    [Fact]
    public void ColumnsThatTheModelLacksAreIgnoredOrNot()
    {
        Assert.Equal(4, _ml.Model.CreatePredictionEngine<Input, More>(_model).Predict(new Input { Id = 4 }).Id);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Model.CreatePredictionEngine<Input, More>(_model, ignoreMissingColumns: false));
    }

    [Fact]
    public void ASchemaGivesTheInputItsTypes()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2));
        builder.AddColumn("Id", NumberDataViewType.Int32);
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(_model, builder.ToSchema());
        Assert.Equal("Vector<Single, 2>", engine.OutputSchema["Features"].Type.ToString());
        builder.AddColumn("Unknown", NumberDataViewType.Int32);
        Assert.Throws<InvalidOperationException>(() => _ml.Model.CreatePredictionEngine<Input, Output>(_model, builder.ToSchema()));
    }

    [Fact]
    public void ADefinitionGivesTheInputItsTypes()
    {
        var definition = SchemaDefinition.Create(typeof(Input));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(_model, inputSchemaDefinition: definition);
        Assert.Equal("Vector<Single, 3>", engine.OutputSchema["Features"].Type.ToString());
    }

    private sealed class Input
    {
        public int Id { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class Output
    {
        public int Id { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class More
    {
        public int Id { get; set; }

        public int Unknown { get; set; }
    }
}
