namespace MlNetShallowNet.Engine;

/// <summary>The loss of a batch before its update, without penalty: the sum of w L and the sum of w, to be added up over batches.</summary>
internal readonly record struct BatchLoss(double WeightedLoss, double Weight)
{
    /// <summary>J without penalty; 0 where nothing weighs anything.</summary>
    public double Mean => Weight > 0 ? WeightedLoss / Weight : 0;

    public static BatchLoss operator +(BatchLoss a, BatchLoss b) => new(a.WeightedLoss + b.WeightedLoss, a.Weight + b.Weight);
}
