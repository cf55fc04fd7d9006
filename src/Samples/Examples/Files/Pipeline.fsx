// A pipeline in F#, from the root of the repository:
// dotnet build -c Release src/Trainer
// dotnet fsi -r:$PWD/src/Trainer/bin/Release/net10.0/MlNetShallowNet.dll src/Samples/Examples/Files/Pipeline.fsx
#r "nuget: Microsoft.ML, 5.0.1"
#r "nuget: MathNet.Numerics, 5.0.0"
#r "nuget: System.Numerics.Tensors, 10.0.0"

open Microsoft.ML
open Microsoft.ML.Data

let ml = MLContext(seed = 1)

let columns =
    [| TextLoader.Column("Features", DataKind.Single, 0, 29)
       TextLoader.Column("Label", DataKind.Boolean, 30) |]

let data = ml.Data.LoadFromTextFile("data/breast-cancer.csv", columns, separatorChar = ',', hasHeader = true)
let split = ml.Data.TrainTestSplit(data, testFraction = 0.2)
let model = ml.BinaryClassification.Trainers.ShallowNetwork().Fit split.TrainSet
let metrics = ml.BinaryClassification.Evaluate(model.Transform split.TestSet)

printfn $"AUC {metrics.AreaUnderRocCurve:F4}, log loss {metrics.LogLoss:F4} bits"
