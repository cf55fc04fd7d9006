namespace Microsoft.ML.Data;

/// <summary>How well scores tell two classes apart.</summary>
public class BinaryClassificationMetrics
{
    private readonly BinaryCounts _counts;

    internal BinaryClassificationMetrics(BinaryEvaluation evaluation)
    {
        _counts = evaluation.Counts;
        AreaUnderRocCurve = evaluation.Areas.Roc();
        AreaUnderPrecisionRecallCurve = evaluation.Areas.PrecisionRecall();
        ConfusionMatrix = new([[_counts.TruePositive, _counts.FalseNegative], [_counts.FalsePositive, _counts.TrueNegative]],
            [PositivePrecision, NegativePrecision], [PositiveRecall, NegativeRecall], evaluation.ClassNames);
    }

    /// <summary>The chance that a positive row scores higher than a negative one.</summary>
    public double AreaUnderRocCurve { get; }
    /// <summary>The share of rows whose predicted class is the true one.</summary>
    public double Accuracy => _counts.Accuracy;
    /// <summary>The share of true ones among rows predicted to be positive; 0 without any.</summary>
    public double PositivePrecision => BinaryCounts.Share(_counts.TruePositive, _counts.FalsePositive);
    /// <summary>The share of positive rows that are predicted to be; 0 without any.</summary>
    public double PositiveRecall => BinaryCounts.Share(_counts.TruePositive, _counts.FalseNegative);
    /// <summary>The share of true ones among rows predicted to be negative; 0 without any.</summary>
    public double NegativePrecision => BinaryCounts.Share(_counts.TrueNegative, _counts.FalseNegative);
    /// <summary>The share of negative rows that are predicted to be; 0 without any.</summary>
    public double NegativeRecall => BinaryCounts.Share(_counts.TrueNegative, _counts.FalsePositive);
    /// <summary>The harmonic mean of positive precision and recall.</summary>
    public double F1Score => PositivePrecision + PositiveRecall is var sum && sum == 0 ? 0 : 2 * PositivePrecision * PositiveRecall / sum;
    /// <summary>The area under the curve of precision over recall.</summary>
    public double AreaUnderPrecisionRecallCurve { get; }
    /// <summary>How often each class was predicted for each.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }
}

/// <summary>How well scores tell two classes apart, and how good their probabilities are.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryEvaluation evaluation) : base(evaluation) => (LogLoss, LogLossReduction, Entropy)
            = (evaluation.Counts.LogLoss, evaluation.Counts.LogLossReduction, evaluation.Counts.Entropy);
    /// <summary>The mean of -log2 of the probability given to the true class.</summary>
    public double LogLoss { get; }
    /// <summary>How much lower the log-loss is than that of always giving the share of positive rows; 1 is best.</summary>
    public double LogLossReduction { get; }
    /// <summary>The entropy of the classes, in bits.</summary>
    public double Entropy { get; }
}

/// <summary>What is counted row by row for <see cref="BinaryClassificationMetrics"/>.</summary>
internal sealed class BinaryCounts
{
    private double _positiveWithProbability, _negativeWithProbability, _logLoss;
    public double TruePositive { get; private set; }
    public double FalsePositive { get; private set; }
    public double TrueNegative { get; private set; }
    public double FalseNegative { get; private set; }
    public double Accuracy => (TrueNegative + TruePositive) / Rows;
    public double Entropy => EntropyOf((TruePositive + FalseNegative) / Rows);
    public double LogLoss => double.IsNaN(_logLoss) ? double.NaN : WithProbability > 0 ? _logLoss / WithProbability : 0;
    public double LogLossReduction => WithProbability == 0 ? 0 : (Prior - _logLoss / WithProbability) / Prior;
    private double Prior => EntropyOf(_positiveWithProbability / WithProbability);
    private double Rows => TruePositive + TrueNegative + FalseNegative + FalsePositive;
    private double WithProbability => _positiveWithProbability + _negativeWithProbability;
    public static double Share(double part, double rest) => part + rest > 0 ? part / (part + rest) : 0;

    public void Add(bool isPositive, float score, float probability)
    {
        // The class is predicted by the score's sign, whatever a column of predictions says.
        switch (isPositive, score > 0)
        {
            case (true, true): TruePositive++; break;
            case (true, false): FalseNegative++; break;
            case (false, true): FalsePositive++; break;
            case (false, false): TrueNegative++; break;
        }
        if (float.IsNaN(probability))
        {
            _logLoss = double.NaN;
            return;
        }
        _logLoss -= Math.Log(isPositive ? probability : 1.0 - probability, 2);
        if (isPositive)
            _positiveWithProbability++;
        else
            _negativeWithProbability++;
    }

    private static double EntropyOf(double p) => p is <= 0 or >= 1 ? 0 : -p * Math.Log(p, 2) - (1 - p) * Math.Log(1 - p, 2);
}

/// <summary>Summarizes a metric over several runs.</summary>
public sealed class MetricStatistics
{
    private double _squares;
    internal MetricStatistics() { }
    /// <summary>The mean.</summary>
    public double Mean { get; private set; }
    /// <summary>The standard deviation of a sample; 0 of a single run.</summary>
    public double StandardDeviation => Count > 1 ? Math.Sqrt(_squares / (Count - 1)) : 0;
    /// <summary>The standard error of the mean.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Count);
    /// <summary>The number of runs.</summary>
    public int Count { get; private set; }

    internal void Add(double value)
    {
        double delta = value - Mean;
        Mean += delta / ++Count;
        _squares += delta * (value - Mean);
    }
}

/// <summary>Summarizes the metrics of binary classification over several runs.</summary>
public sealed class BinaryClassificationMetricsStatistics
{
    internal BinaryClassificationMetricsStatistics() { }
    /// <summary>Summarizes <see cref="BinaryClassificationMetrics.AreaUnderRocCurve"/>.</summary>
    public MetricStatistics AreaUnderRocCurve { get; } = new();
    /// <summary>Summarizes <see cref="BinaryClassificationMetrics.Accuracy"/>.</summary>
    public MetricStatistics Accuracy { get; } = new();
    /// <summary>Summarizes <see cref="BinaryClassificationMetrics.F1Score"/>.</summary>
    public MetricStatistics F1Score { get; } = new();
    /// <summary>Summarizes <see cref="BinaryClassificationMetrics.AreaUnderPrecisionRecallCurve"/>.</summary>
    public MetricStatistics AreaUnderPrecisionRecallCurve { get; } = new();

    internal void AddChange(BinaryClassificationMetrics from, BinaryClassificationMetrics to)
    {
        AreaUnderRocCurve.Add(to.AreaUnderRocCurve - from.AreaUnderRocCurve);
        Accuracy.Add(to.Accuracy - from.Accuracy);
        F1Score.Add(to.F1Score - from.F1Score);
        AreaUnderPrecisionRecallCurve.Add(to.AreaUnderPrecisionRecallCurve - from.AreaUnderPrecisionRecallCurve);
    }
}
