namespace Microsoft.ML.Runtime;

/// <summary>Where components run: logging, randomness, and the catalog of assemblies to load components from.</summary>
public interface IHostEnvironment : IChannelProvider
{
    /// <summary>The assemblies that components of loaded models are looked for in.</summary>
    ComponentCatalog ComponentCatalog { get; }
    /// <summary>A host for one component, with randomness of its own: from <paramref name="seed"/>, else drawn from this one's.</summary>
    IHost Register(string name, int? seed = null, bool? verbose = null);
}

/// <summary>The environment of one component.</summary>
public interface IHost : IHostEnvironment
{
    /// <summary>The component's source of randomness.</summary>
    Random Rand { get; }
}

/// <summary>How important a message is.</summary>
public enum ChannelMessageKind
{
    /// <summary>Detail.</summary>
    Trace = 0,
    /// <summary>Worth knowing.</summary>
    Info = 1,
    /// <summary>Perhaps a mistake.</summary>
    Warning = 2,
    /// <summary>A failure.</summary>
    Error = 3,
}

/// <summary>What a message may reveal.</summary>
[Flags]
public enum MessageSensitivity
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>Names of columns and the like.</summary>
    Schema = 0x2,
    /// <summary>Not known, so perhaps anything.</summary>
    Unknown = ~None,
}

/// <summary>Takes messages, which reach <see cref="MLContext.Log"/>.</summary>
public interface IChannel : IDisposable
{
    /// <summary>Sends detail.</summary>
    void Trace(MessageSensitivity sensitivity, string fmt);
    /// <summary>Sends what is worth knowing.</summary>
    void Info(MessageSensitivity sensitivity, string fmt);
    /// <summary>Sends what is worth knowing, formatted.</summary>
    void Info(MessageSensitivity sensitivity, string fmt, params object[] args);
    /// <summary>Sends a warning.</summary>
    void Warning(MessageSensitivity sensitivity, string fmt);
    /// <summary>Sends a warning, formatted.</summary>
    void Warning(MessageSensitivity sensitivity, string fmt, params object[] args);
    /// <summary>Sends an error.</summary>
    void Error(MessageSensitivity sensitivity, string fmt);
}

/// <summary>Opens channels for messages.</summary>
public interface IChannelProvider
{
    /// <summary>Opens a channel; close it by disposing it.</summary>
    IChannel Start(string name);
}
