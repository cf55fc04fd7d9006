namespace Microsoft.ML.Runtime;

/// <summary>The one implementation of hosts; the root belongs to an <see cref="MLContext"/>.</summary>
internal sealed class Host : IHost
{
    private readonly Action<string, ChannelMessageKind, string> _sink;
    private readonly Host _parent;
    private readonly string _fullName;
    private readonly Lock _lock = new();

    public Host(int? seed, Action<string, ChannelMessageKind, string> sink)
        => (Seed, Rand, ComponentCatalog, _sink) = (seed, TauswortheRandom.Create(seed), new ComponentCatalog(), sink);

    private Host(Host parent, string name, Random random)
    {
        (Seed, Rand, ComponentCatalog, _sink, _parent) = (parent.Seed, random, parent.ComponentCatalog, parent._sink, parent);
        // As in ML.NET, a host is named after the parent of the one that registered it.
        _fullName = Join(parent._parent?._fullName, name);
    }

    public int? Seed { get; }
    public Random Rand { get; }
    public ComponentCatalog ComponentCatalog { get; }

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name);
        lock (_lock)
            return new Host(this, name, seed is { } value ? TauswortheRandom.Create(value) : new TauswortheRandom(Rand));
    }

    public IChannel Start(string name) => new Channel(_sink, Join(_fullName, name));

    /// <summary>Registers hosts that nobody uses, as many as ML.NET does: what is drawn from the seed later depends on it.</summary>
    public void RegisterUnused(int count)
    {
        for (var i = 0; i < count; i++)
            Register("Unused");
    }

    private static string Join(string parent, string name) => string.IsNullOrEmpty(parent) ? name : $"{parent}; {name}";

    private sealed class Channel : IChannel
    {
        private readonly Action<string, ChannelMessageKind, string> _sink;
        private readonly string _name;
        private readonly long _started = Stopwatch.GetTimestamp();

        public Channel(Action<string, ChannelMessageKind, string> sink, string name)
        {
            (_sink, _name) = (sink, name);
            Send(ChannelMessageKind.Trace, "Channel started");
        }

        public void Trace(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Trace, fmt);
        public void Info(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Info, fmt);
        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Info, fmt, args);
        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Warning, fmt);
        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args)
            => Send(ChannelMessageKind.Warning, fmt, args);
        public void Error(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Error, fmt);

        public void Dispose()
        {
            Send(ChannelMessageKind.Trace, "Channel finished. Elapsed {0:c}.", Stopwatch.GetElapsedTime(_started));
            Send(ChannelMessageKind.Trace, "Channel disposed");
        }

        private void Send(ChannelMessageKind kind, string format, params object[] args)
            => _sink(_name, kind, args.Length == 0 ? format : string.Format(CultureInfo.CurrentCulture, format, args));
    }
}
