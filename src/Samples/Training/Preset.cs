
namespace MlNetShallowNet.Samples.Training;

/// <summary>The trainer's named sets of options.</summary>
internal enum Preset
{
    /// <summary>The trainer's defaults.</summary>
    Default,

    /// <summary><see cref="ShallowNetworkTrainer.Options.Fast"/>.</summary>
    Fast,

    /// <summary><see cref="ShallowNetworkTrainer.Options.Best"/>.</summary>
    Best,
}

/// <summary>The options that a preset stands for.</summary>
internal static class PresetOptions
{
    public static ShallowNetworkTrainer.Options Create(this Preset preset) => preset switch
    {
        Preset.Fast => ShallowNetworkTrainer.Options.Fast(),
        Preset.Best => ShallowNetworkTrainer.Options.Best(),
        _ => new(),
    };
}
