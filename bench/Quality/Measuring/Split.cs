using Microsoft.ML;

namespace MlNetShallowNet.Quality.Measuring;

/// <summary>Rows to train on and rows to score, with the columns Label and Features, in memory.</summary>
/// <param name="Train">Rows to train on.</param>
/// <param name="Test">Rows to score.</param>
/// <param name="PreparationSeconds">Processor time of what made the features, of the training rows; 0 where they come as they are.</param>
/// <param name="LogOdds">The true log-odds of the test rows' labels; null where nobody knows them.</param>
internal sealed record Split(IDataView Train, IDataView Test, double PreparationSeconds = 0, double[]? LogOdds = null)
{
    /// <summary>The length of a row's features.</summary>
    public int Features => ((Microsoft.ML.Data.VectorDataViewType)Train.Schema["Features"].Type).Size;

    /// <summary>A split whose features are made by a pipeline, once for all trainers.</summary>
    public static Split Prepared(MLContext ml, IEstimator<ITransformer> preparation, IDataView train, IDataView test, double[]? logOdds = null)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        ITransformer prepared = preparation.Fit(train);
        IDataView rows = InMemory(ml, prepared.Transform(train));
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        return new Split(rows, InMemory(ml, prepared.Transform(test)), seconds, logOdds);
    }

    private static IDataView InMemory(MLContext ml, IDataView rows)
    {
        IDataView cached = ml.Data.Cache(rows, "Label", "Features");
        using DataViewRowCursor cursor = cached.GetRowCursor([cached.Schema["Label"], cached.Schema["Features"]]);
        while (cursor.MoveNext())
        {
        }

        return cached;
    }
}
