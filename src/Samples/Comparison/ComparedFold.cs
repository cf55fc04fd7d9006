using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>A fold on which every trainer gets the same rows: features that one pipeline has made, in memory.</summary>
internal sealed class ComparedFold
{
    private const double PredictingSeconds = 0.1;
    private const int RowsToPredict = 1000;

    private readonly TableProfile _profile;
    private readonly DataViewSchema _table;
    private readonly ITransformer _encoding;
    private readonly IDataView _training, _testing;
    private readonly FeatureRow[] _rows;
    private readonly int _seed;

    /// <summary>Makes the features of both parts of the table, once for all trainers.</summary>
    public ComparedFold(TableProfile profile, Folds folds, int held, int seed)
    {
        (_profile, _seed) = (profile, seed);
        MLContext ml = new(seed);
        (TableView training, TableView testing) = folds.Split(profile, held);
        _table = training.Schema;
        _encoding = FeaturePipeline.Create(ml, training, FeatureStatistics.Read(profile, training));
        _training = InMemory(ml, FeaturePipeline.Transform(_encoding, training));
        _testing = InMemory(ml, FeaturePipeline.Transform(_encoding, testing));
        _rows = [.. FeatureRows(_testing).Take(RowsToPredict)];
    }

    /// <summary>Trains and measures.</summary>
    /// <param name="fit">The training, in a context of its own.</param>
    /// <exception cref="UserError">The user asks to stop.</exception>
    public FoldResult Measure(Func<MLContext, IDataView, ITransformer> fit)
    {
        MLContext ml = new(_seed);
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        ITransformer model = Fit(() => fit(ml, _training));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        ScoredRows scored = ReportReader.ReadScores(model.Transform(_testing), _profile.LabelName);
        int numberless = scored.Scores.Zip(scored.Probabilities, (score, probability) => score + probability).Count(double.IsNaN);
        if (numberless > 0)
            throw new InvalidOperationException($"{numberless} of {scored.Count} rows of a fold got a score or a probability that is no number.");
        using MemoryStream file = new();
        using ModelScratch scratch = new(ml);
        ml.Model.Save(new TransformerChain<ITransformer>(_encoding, model), _table, file);
        return new FoldResult(
            Curve.Roc(scored).Area, Losses.OfRows(scored).Average(), Confusion.At(scored, 0.5).Accuracy, seconds, processor,
            PredictionTime.Microseconds(ml, model, _rows, PredictingSeconds, _profile.LabelName), file.Length);
    }

    // ML.NET's trainers can't be asked to stop. One that is trained when the user asks for it is left alone; it ends with the program.
    private static ITransformer Fit(Func<ITransformer> fit)
    {
        try
        {
            return Task.Run(fit).WaitAsync(StopRequest.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (StopRequest.Token.IsCancellationRequested)
        {
            throw new UserError($"Stopped by {StopRequest.By} while trainers were compared; nothing was written.");
        }
    }

    private IDataView InMemory(MLContext ml, IDataView rows)
    {
        string[] names = [.. ((string?[])[FeaturePipeline.Features, _profile.LabelName, _profile.Weight?.Name]).OfType<string>()];
        IDataView cached = ml.Data.Cache(rows, names);
        using DataViewRowCursor cursor = cached.GetRowCursor([.. names.Select(name => cached.Schema[name])]);
        while (cursor.MoveNext())
            StopRequest.ThrowIfAsked("the features were made");
        return cached;
    }

    private static IEnumerable<FeatureRow> FeatureRows(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema[FeaturePipeline.Features]]);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(view.Schema[FeaturePipeline.Features]);
        while (cursor.MoveNext())
        {
            VBuffer<float> row = default;
            features(ref row);
            yield return new FeatureRow { Features = row };
        }
    }
}
