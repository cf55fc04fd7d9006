using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Pipeline;

/// <summary>A transformer written by hand against the public contracts works in chains, caches, splits and engines.</summary>
public class HandWrittenTransformerTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public HandWrittenTransformerTests()
        => _data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 10).Select(i => new Input { Id = i }).ToArray());

    [Fact]
    public void MapsViews()
    {
        var view = new Doubler().Transform(_data);
        Assert.Equal(["Id", "Twice"], view.Schema.Select(c => c.Name));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 2 * i), Twices(view));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 2 * i), Twices(_ml.Data.Cache(view)));
        Assert.Equal([0, 2, 4], Twices(_ml.Data.TakeRows(view, 3)));
    }

    [Fact]
    public void ChainsWithItselfAndKeepsItsType()
    {
        TransformerChain<Doubler> model = new DoublerEstimator().Append(new DoublerEstimator()).AppendCacheCheckpoint(_ml).Fit(_data);
        Assert.IsType<Doubler>(model.LastTransformer);
        Assert.Equal(2, model.Count());
        var view = model.Transform(_data);
        Assert.Equal(["Id", "Twice", "Twice"], view.Schema.Select(c => c.Name));
        Assert.True(view.Schema[1].IsHidden);
        Assert.Equal(2, model.Append(new Doubler()).Transform(_data).Schema.Count(c => c.IsHidden));
    }

    [Fact]
    public void ServesPredictionEngines()
    {
        var model = new DoublerEstimator().Append(new DoublerEstimator()).Fit(_data);
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(model);
        Assert.Equal(14, engine.Predict(new Input { Id = 7 }).Twice);
        Assert.Equal(16, engine.Predict(new Input { Id = 8 }).Twice);
    }

    [Fact]
    public void SavesThroughAChainOfTheLibrary()
    {
        // What stands for the transformer in the file is the chain that its Save delegates to.
        var stream = new MemoryStream();
        _ml.Model.Save(new Doubler(), _data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out var schema);
        Assert.IsAssignableFrom<TransformerChain<ITransformer>>(loaded);
        Assert.Equal("Id: Int32", schema[0].ToString());
    }

    [Fact]
    public void AChainChecksItsColumnsBeforeItStarts()
    {
        var other = _ml.Data.LoadFromEnumerable(new[] { new Other { Name = "x" } });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DoublerEstimator().Append(new DoublerEstimator()).Fit(_data).Transform(other));
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(_ml));
    }

    private int[] Twices(IDataView view)
        => _ml.Data.CreateEnumerable<Output>(view, reuseRowObject: false).Select(row => row.Twice).ToArray();

    private sealed class Input
    {
        public int Id { get; set; }
    }

    private sealed class Output
    {
        public int Twice { get; set; }
    }

    private sealed class Other
    {
        public string Name { get; set; } = "";
    }

    private sealed class DoublerEstimator : IEstimator<Doubler>
    {
        public Doubler Fit(IDataView input) => new();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    /// <summary>Adds a column with twice the number in Id.</summary>
    private sealed class Doubler : ITransformer
    {
        public bool IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new Mapper(inputSchema).OutputSchema;

        public IDataView Transform(IDataView input) => new View(input, new Mapper(input.Schema));

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(inputSchema);

        void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)new TransformerChain<ITransformer>()).Save(ctx);
    }

    private sealed class Mapper : IRowToRowMapper
    {
        private readonly DataViewSchema.Column _id;

        public Mapper(DataViewSchema input)
        {
            _id = input["Id"];
            var builder = new DataViewSchema.Builder();
            builder.AddColumns(input);
            builder.AddColumn("Twice", NumberDataViewType.Int32);
            (InputSchema, OutputSchema) = (input, builder.ToSchema());
        }

        public DataViewSchema InputSchema { get; }

        public DataViewSchema OutputSchema { get; }

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
            => dependingColumns
                .Select(column => column.Index < InputSchema.Count ? InputSchema[column.Index] : _id)
                .DistinctBy(column => column.Index);

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(input, this);

        public ValueGetter<TValue> GetGetter<TValue>(DataViewRow input, DataViewSchema.Column column)
        {
            if (column.Index < InputSchema.Count)
                return input.GetGetter<TValue>(InputSchema[column.Index]);
            var source = input.GetGetter<int>(_id);
            ValueGetter<int> getter = (ref int value) =>
            {
                source(ref value);
                value *= 2;
            };
            return (ValueGetter<TValue>)(Delegate)getter;
        }
    }

    private sealed class Row(DataViewRow input, Mapper mapper) : DataViewRow
    {
        public override DataViewSchema Schema => mapper.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => mapper.GetGetter<TValue>(input, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class View(IDataView source, Mapper mapper) : IDataView
    {
        public bool CanShuffle => source.CanShuffle;

        public DataViewSchema Schema => mapper.OutputSchema;

        public long? GetRowCount() => source.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
            => new Cursor(source.GetRowCursor(mapper.GetDependencies(columnsNeeded), rand), mapper, columnsNeeded);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
            => source.GetRowCursorSet(mapper.GetDependencies(columnsNeeded), n, rand)
                .Select(c => new Cursor(c, mapper, columnsNeeded)).ToArray();
    }

    private sealed class Cursor(DataViewRowCursor input, Mapper mapper, IEnumerable<DataViewSchema.Column> active) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = active.Select(column => column.Index).ToHashSet();

        public override DataViewSchema Schema => mapper.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => mapper.GetGetter<TValue>(input, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
