namespace MlNetShallowNet.Samples.Commands.Help;

/// <summary>Two examples for each command, on the tables of data/.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, string[]> _of = new()
    {
        ["shallownet"] = ["train --data data/telco-churn.csv --model churn.zip --report churn.html", "explain"],
        ["shallownet train"] =
        [
            "train --data data/telco-churn.csv --model churn.zip --report churn.html",
            "train --data data/planar-flower.csv --hidden 4 --activation tanh --network flower.json",
        ],
        ["shallownet evaluate"] =
        [
            "evaluate --model churn.zip --data data/telco-churn.csv",
            "evaluate --model churn.zip --data data/telco-churn.csv --report churn-evaluation.html",
        ],
        ["shallownet predict"] =
        [
            "predict --model churn.zip --data data/telco-churn.csv --output scores.csv",
            "predict --model churn.zip --data data/telco-churn.csv --explain --output explained.csv",
        ],
        ["shallownet cross-validate"] =
        [
            "cross-validate --data data/breast-cancer.csv",
            "cross-validate --data data/breast-cancer.csv --folds 10 --preset fast --scores out-of-fold.csv",
        ],
        ["shallownet compare"] =
        [
            "compare --data data/breast-cancer.csv",
            "compare --data data/telco-churn.csv --folds 3 --output compare.json --report compare.html",
        ],
        ["shallownet plan"] =
        [
            "plan --data data/telco-churn.csv --work work",
            "plan --data 'part-*.parquet' --label late --work work --set Members=8",
        ],
        ["shallownet train-member"] = ["train-member --work work --member 0", "train-member --work work --member 1 --quiet"],
        ["shallownet join"] = ["join --work work --model model.zip", "join --work work --network network.json --threshold 0.3"],
        ["shallownet worker"] =
        [
            "worker --join 10.0.0.1:11111 --folder data",
            "worker --join silos --folder data --folder more-data --idle 600",
        ],
        ["shallownet generate"] = ["generate flower --output flower.csv", "generate table --rows 1000000 --columns 28 --output large.csv"],
        ["shallownet generate flower"] = ["generate flower --output flower.csv", "generate flower --points 1000 --seed 7 --output another.csv"],
        ["shallownet generate table"] = ["generate table --output table.csv", "generate table --rows 1000000 --columns 28 --output large.csv"],
        ["shallownet export"] = ["export --model churn.zip --output churn.onnx", "export --model breast-cancer-model.zip --output breast-cancer.onnx"],
        ["shallownet completion"] = ["completion bash", "completion zsh"],
        ["shallownet example"] = ["example pipeline", "example prediction-engine"],
        ["shallownet explain"] = ["explain trace --data data/planar-flower.csv --row 1", "explain why transpose --data data/breast-cancer.csv"],
        ["shallownet explain trace"] =
        [
            "explain trace --data data/planar-flower.csv --row 1",
            "explain trace --data data/breast-cancer.csv --hidden 3 --output trace.json",
        ],
        ["shallownet explain why"] = ["explain why output --data data/planar-flower.csv", "explain why transpose --data data/breast-cancer.csv --hidden 3"],
        ["shallownet explain gradients"] =
        [
            "explain gradients --data data/breast-cancer.csv",
            "explain gradients --data data/breast-cancer.csv --break transpose",
        ],
        ["shallownet explain step"] = ["explain step --data data/planar-flower.csv", "explain step --data data/planar-flower.csv --learning-rate 0.1 1 10"],
        ["shallownet explain sizes"] =
        [
            "explain sizes --data data/planar-flower.csv --steps 500",
            "explain sizes --data data/planar-flower.csv --hidden 1 4 20 --steps 500 --pictures pictures",
        ],
        ["shallownet explain page"] = ["explain page", "explain page --output lesson.html"],
    };

    /// <summary>The examples of a command by its path; none for one that has no help of its own.</summary>
    public static IReadOnlyList<string> Of(string path) => _of.GetValueOrDefault(path) ?? [];
}
