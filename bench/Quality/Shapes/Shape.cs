using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>A kind of table that is generated: any number of rows, and the best possible scores known.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Rows">Training rows where no number is given.</param>
/// <param name="Columns">How many numbers a row has.</param>
internal abstract record Shape(string Name, int Rows, int Columns)
{
    private const int BlockRows = 10_000;

    /// <summary>Fresh rows to score.</summary>
    public virtual int TestRows => 100_000;

    /// <summary>Fills a row's columns.</summary>
    /// <returns>The log-odds of its label.</returns>
    protected abstract double Fill(ShapeRow row, Draws draws);

    /// <summary>What makes "Features" of the columns; null where the numbers are the features.</summary>
    public virtual IEstimator<ITransformer>? Preparation(MLContext ml) => null;

    /// <summary>Fills up the numbers that are missing, with their means, and says in "Missing" which they were.</summary>
    protected static IEstimator<ITransformer> FilledUp(MLContext ml) =>
        ml.Transforms.IndicateMissingValues("Missing", nameof(ShapeRow.Numbers))
            .Append(ml.Transforms.Conversion.ConvertType("Missing"))
            .Append(ml.Transforms.ReplaceMissingValues(
                nameof(ShapeRow.Numbers), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));

    /// <summary>Rows; those of another seed are fresh ones of the same kind.</summary>
    public ShapeRow[] Generate(int rows, int seed)
    {
        var all = new ShapeRow[rows];
        Parallel.For(0, (rows + BlockRows - 1) / BlockRows, block =>
        {
            var draws = new Draws(unchecked(seed * 1_000_003 + block));
            for (int i = block * BlockRows; i < Math.Min(rows, (block + 1) * BlockRows); i++)
            {
                var row = new ShapeRow { Numbers = new float[Columns] };
                row.LogOdds = Fill(row, draws);
                row.Label = draws.Uniform() < 1 / (1 + Math.Exp(-row.LogOdds));
                all[i] = row;
            }
        });
        return all;
    }

    /// <summary>The rows as ML.NET reads them.</summary>
    public IDataView View(MLContext ml, ShapeRow[] rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ShapeRow));
        schema[nameof(ShapeRow.Numbers)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns);
        if (Preparation(ml) is null)
            schema[nameof(ShapeRow.Numbers)].ColumnName = "Features";
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
