namespace MlNetShallowNet.Samples.Output;

/// <summary>
/// How much of a training is done: the epochs of all members by those that there can be. Members train several at once and end early, so
/// what one of them reports says little of the whole.
/// </summary>
/// <param name="show">Told the share and the report that it follows from after each epoch, on the thread that trains; <see cref="Progress{T}"/> would post to the pool and come late.</param>
internal sealed class TrainingShare(Action<double, TrainingProgress> show) : IProgress<TrainingProgress>
{
    private readonly Dictionary<int, double> _ofMember = [];

    public void Report(TrainingProgress value)
    {
        _ofMember[value.Member] = (double)value.Epoch / value.Epochs;
        show(_ofMember.Values.Sum() / value.Members, value);
    }
}
