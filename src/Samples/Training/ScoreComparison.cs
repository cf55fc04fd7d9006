using Microsoft.ML;

namespace MlNetShallowNet.Samples.Training;

/// <summary>Compares the outputs of two models, bit for bit.</summary>
internal static class ScoreComparison
{
    /// <summary>How many rows were compared, and how many of them differ in PredictedLabel, Score or Probability.</summary>
    public static (long Rows, long Different) Count(ITransformer first, ITransformer second, IDataView rows)
    {
        using Outputs a = new(first.Transform(rows));
        using Outputs b = new(second.Transform(rows));
        long count = 0, different = 0;
        while (a.MoveNext())
        {
            if (!b.MoveNext())
                throw new InvalidOperationException($"The second model has no output for row {count}.");
            count++;
            if (a.Current() != b.Current())
                different++;
        }
        if (b.MoveNext())
            throw new InvalidOperationException($"The second model has outputs for more than {count} rows.");
        return (count, different);
    }

    private sealed class Outputs : IDisposable
    {
        private readonly DataViewRowCursor _cursor;
        private readonly ValueGetter<bool> _predictedLabel;
        private readonly ValueGetter<float> _score;
        private readonly ValueGetter<float> _probability;

        public Outputs(IDataView scored)
        {
            DataViewSchema.Column[] columns = [scored.Schema["PredictedLabel"], scored.Schema["Score"], scored.Schema["Probability"]];
            _cursor = scored.GetRowCursor(columns);
            _predictedLabel = _cursor.GetGetter<bool>(columns[0]);
            _score = _cursor.GetGetter<float>(columns[1]);
            _probability = _cursor.GetGetter<float>(columns[2]);
        }

        public bool MoveNext() => _cursor.MoveNext();

        public (bool PredictedLabel, int Score, int Probability) Current()
        {
            bool label = false;
            float score = 0, probability = 0;
            _predictedLabel(ref label);
            _score(ref score);
            _probability(ref probability);
            return (label, BitConverter.SingleToInt32Bits(score), BitConverter.SingleToInt32Bits(probability));
        }

        public void Dispose() => _cursor.Dispose();
    }
}
