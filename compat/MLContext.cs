namespace Microsoft.ML;

/// <summary>The entrance to ML.NET: catalogs of operations, a source of randomness, and a log.</summary>
public sealed class MLContext : IHostEnvironment
{
    private readonly Host _root;

    /// <summary>A context; with a seed, everything random repeats from run to run.</summary>
    public MLContext(int? seed = null)
    {
        _root = new Host(seed, (source, kind, message) => Log?.Invoke(this, new LoggingEventArgs(message, kind, source)));
        Data = new DataOperationsCatalog(_root);
        Transforms = new TransformsCatalog(_root);
        BinaryClassification = new BinaryClassificationCatalog(_root);
        Model = new ModelOperationsCatalog(_root);
    }

    /// <summary>Raised for every message, on the thread that sends it.</summary>
    public event EventHandler<LoggingEventArgs> Log;
    /// <summary>Loading, splitting and caching data.</summary>
    public DataOperationsCatalog Data { get; }
    /// <summary>Transforms of data.</summary>
    public TransformsCatalog Transforms { get; }
    /// <summary>Trainers and evaluation of binary classification.</summary>
    public BinaryClassificationCatalog BinaryClassification { get; }
    /// <summary>Saving, loading and using models.</summary>
    public ModelOperationsCatalog Model { get; }
    /// <summary>The assemblies that components of loaded models are looked for in.</summary>
    public ComponentCatalog ComponentCatalog => _root.ComponentCatalog;
    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _root.Register(name, seed, verbose);
    IChannel IChannelProvider.Start(string name) => _root.Start(name);
}

/// <summary>A message of <see cref="MLContext.Log"/>.</summary>
public class LoggingEventArgs : EventArgs
{
    /// <summary>A message from a source.</summary>
    public LoggingEventArgs(string message, ChannelMessageKind kind, string source) => (RawMessage, Kind, Source) = (message, kind, source);
    /// <summary>Who sent it.</summary>
    public string Source { get; }
    /// <summary>How important it is.</summary>
    public ChannelMessageKind Kind { get; }
    /// <summary>The message as sent.</summary>
    public string RawMessage { get; }
    /// <summary>The message with its source and kind.</summary>
    public string Message => $"[Source={Source}, Kind={Kind}] {RawMessage}";
}
