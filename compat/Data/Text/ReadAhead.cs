namespace Microsoft.ML.Data;

/// <summary>Enumerates on another thread, a few items ahead of the reader. Disposing it ends the enumeration and waits for that.</summary>
internal sealed class ReadAhead<T> : IDisposable
{
    private readonly BlockingCollection<T> _queue = new(boundedCapacity: 16);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Task _producer;

    public ReadAhead(Func<IEnumerable<T>> source) => _producer = Task.Factory.StartNew(
        () => Produce(source), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public IEnumerable<T> Read()
    {
        foreach (var item in _queue.GetConsumingEnumerable())
            yield return item;
        Task.WaitAny(_producer);
        if (_producer.Exception != null)
            throw new FormatException("Stream reading encountered exception", _producer.Exception.InnerException);
    }

    public void Dispose()
    {
        _cancellation.Cancel();
        Task.WaitAny(_producer);
        _queue.Dispose();
        _cancellation.Dispose();
    }

    private void Produce(Func<IEnumerable<T>> source)
    {
        try
        {
            foreach (var item in source())
                _queue.Add(item, _cancellation.Token);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // The reader has gone: there is nobody to tell.
        }
        finally
        {
            _queue.CompleteAdding();
        }
    }
}
