using System.Globalization;
using System.Text;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Writes the losses of every epoch as CSV, an ensemble's as means over its members.</summary>
internal static class HistoryWriter
{
    public static void Write(TrainingHistory history, Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("Epoch,TrainingLoss,ValidationLoss");
        for (int epoch = 0; epoch < history.Epochs.Count; epoch++)
        {
            TrainingEpoch losses = history.Epochs[epoch];
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{epoch + 1},{losses.TrainingLoss:R},{losses.ValidationLoss?.ToString("R", CultureInfo.InvariantCulture)}"));
        }
    }
}
