using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>Cross-validation where several rows belong together: a sampling key keeps the rows of a patient in one fold.</summary>
internal static class GroupedCrossValidationExample
{
    private const int Patients = 100, VisitsOfEach = 5, Measurements = 10;

    /// <summary>What was measured at a visit.</summary>
    public sealed class Visit
    {
        public string Patient { get; set; } = "";

        [VectorType(Measurements)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView visits = ml.Data.LoadFromEnumerable(DrawVisits(new Random(1)).ToArray());
        var trainer = ml.BinaryClassification.Trainers.ShallowNetwork();

        var apart = ml.BinaryClassification.CrossValidate(visits, trainer, numberOfFolds: 5);
        var together = ml.BinaryClassification.CrossValidate(visits, trainer, numberOfFolds: 5, samplingKeyColumnName: nameof(Visit.Patient));

        // There is nothing to learn from these measurements but who is who: only the second figure says so.
        Console.WriteLine($"Visits of a patient in several folds: AUC {apart.Average(fold => fold.Metrics.AreaUnderRocCurve):0.00}");
        Console.WriteLine($"All visits of a patient in one fold: AUC {together.Average(fold => fold.Metrics.AreaUnderRocCurve):0.00}");
    }

    /// <summary>Patients are measured alike at each visit, and fall ill by chance.</summary>
    private static IEnumerable<Visit> DrawVisits(Random random)
    {
        for (int patient = 0; patient < Patients; patient++)
        {
            float[] usual = [.. Enumerable.Range(0, Measurements).Select(_ => random.NextSingle())];
            bool isIll = random.Next(2) == 1;
            for (int visit = 0; visit < VisitsOfEach; visit++)
            {
                yield return new Visit
                {
                    Patient = $"patient {patient}",
                    Features = Array.ConvertAll(usual, measured => measured + 0.01f * random.NextSingle()),
                    Label = isIll,
                };
            }
        }
    }
}
