namespace MlNetShallowNet.Quality.Picture;

/// <summary>A trainer's points in a panel, joined by a line where there are several.</summary>
internal sealed record Series(string Trainer, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>The name that readers know.</summary>
    public string Shown => Trainer switch
    {
        "ours" => "this trainer",
        "lightgbm" => "LightGbm",
        "fasttree" => "FastTree",
        "fastforest" => "FastForest",
        "lbfgs" => "LbfgsLogisticRegression",
        "sdca" => "SdcaLogisticRegression",
        _ => Trainer,
    };

    public bool IsOurs => Trainer == "ours";
}
