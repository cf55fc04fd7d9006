namespace MlNetShallowNet.Engine;

/// <summary>
/// Independent items of work, each done once by whichever thread comes first; what an item computes must not depend on that.
/// </summary>
internal interface IParallelWork
{
    /// <param name="item">Which item.</param>
    /// <param name="worker">Which thread, from 0 (the caller's): for scratch space.</param>
    void Do(int item, int worker);
}
