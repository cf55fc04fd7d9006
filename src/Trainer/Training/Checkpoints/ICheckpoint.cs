namespace MlNetShallowNet.Training;

/// <summary>Where the state of a training run is kept, so that a killed one can go on.</summary>
internal interface ICheckpoint
{
    /// <summary>Whether the state was kept so long ago that it is time again.</summary>
    bool IsDue { get; }

    /// <summary>Keeps the state in place of what was kept.</summary>
    void Write(Action<StateExchange> exchange);

    /// <summary>Brings the kept state back; nothing where there is none.</summary>
    /// <exception cref="InvalidDataException">What was kept is damaged, or is of another training.</exception>
    void Read(Action<StateExchange> exchange);
}
