namespace MlNetShallowNet.Samples.Training;

/// <summary>What a binary classifier says about a row.</summary>
public sealed class Prediction
{
    /// <summary>Whether the row is predicted to be positive: its score is above 0.</summary>
    public bool PredictedLabel { get; set; }

    /// <summary>The network's output before the sigmoid: the log-odds.</summary>
    public float Score { get; set; }

    /// <summary>The probability of the positive label.</summary>
    public float Probability { get; set; }
}
