#:package Microsoft.Data.Analysis
#:project ../../../Trainer/Trainer.csproj
#:property PublishAot=false

// From a DataFrame to a network and back: dotnet run src/Samples/Examples/Files/DataFrame.cs
using Microsoft.Data.Analysis;
using Microsoft.ML;

var ml = new MLContext(seed: 1);
DataFrame frame = DataFrame.LoadCsv("data/breast-cancer.csv");
string[] measurements = [.. frame.Columns.Select(column => column.Name).Where(name => name != "Label")];
frame["Label"] = frame["Label"].ElementwiseEquals(1f);

var pipeline = ml.Transforms.Concatenate("Features", measurements).Append(ml.BinaryClassification.Trainers.ShallowNetwork());
ITransformer model = pipeline.Fit(frame);

DataFrame scored = model.Transform(frame).ToDataFrame(5, "Label", "PredictedLabel", "Probability");
Console.WriteLine(scored);
