#:sdk Microsoft.NET.Sdk.Web
#:project ../../../Trainer/Trainer.csproj
#:property PublishAot=false

// A web service with one network for all requests: dotnet run src/Samples/Examples/Files/WebService.cs [-- --urls http://localhost:5000]
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet;

var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromTextFile("../../../../data/planar-flower.csv", // a web program starts in its own folder
    [new TextLoader.Column("Features", DataKind.Single, 0, 1), new TextLoader.Column("Label", DataKind.Boolean, 2)], separatorChar: ',', hasHeader: true);

// A service of your own loads what was trained elsewhere: ml.Model.LoadShallowNetwork("model.zip", out _).
ShallowNetworkTransformer network = ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 16).Fit(data);

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(network.Model);
WebApplication app = builder.Build();

// The network is immutable and scores on any thread, so that there is no pool of prediction engines. With transforms before it, there is one
// engine for each thread, as in the project that train --code writes.
app.MapPost("/score", (float[] features, ShallowNetworkModelParameters model) => features.Length == model.FeatureCount
    ? Results.Ok(ShallowNetworkModelParameters.Probability(model.Score(features)))
    : Results.BadRequest($"{features.Length} numbers were sent; the network takes {model.FeatureCount}."));
app.Run();
