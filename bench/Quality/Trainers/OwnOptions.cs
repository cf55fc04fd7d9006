using MlNetShallowNet.Samples.Commands;

namespace MlNetShallowNet.Quality.Trainers;

/// <summary>Our options as the command line gives them: a preset, and changes to it.</summary>
internal static class OwnOptions
{
    public static readonly string[] Presets = ["default", "fast", "best"];

    /// <summary>Makes the options, anew at each call.</summary>
    /// <exception cref="BenchError">The preset or a change is unknown.</exception>
    public static Func<ShallowNetworkTrainer.Options> Of(string preset, IEnumerable<string> changes)
    {
        if (!Presets.Contains(preset))
            throw new BenchError($"There is no preset '{preset}'; there are {string.Join(", ", Presets)}.");
        OptionSetting[] settings = [.. changes.Select(Parse)];
        return () =>
        {
            ShallowNetworkTrainer.Options options = preset switch
            {
                "fast" => ShallowNetworkTrainer.Options.Fast(),
                "best" => ShallowNetworkTrainer.Options.Best(),
                _ => new(),
            };
            foreach (OptionSetting setting in settings)
                setting.Apply(options);
            return options;
        };
    }

    private static OptionSetting Parse(string text)
    {
        try
        {
            return OptionSetting.Parse(text);
        }
        catch (FormatException e)
        {
            throw new BenchError(e.Message);
        }
    }
}
