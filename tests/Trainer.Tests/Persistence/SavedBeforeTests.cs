using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

/// <summary>A model saved when W1 still stood as numbers in its state, and the same network as JSON.</summary>
public class SavedBeforeTests
{
    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Persistence", "oracle", name);

    [Fact]
    public void AModelSavedBeforeIsTheSameNetwork()
    {
        ShallowNetworkModelParameters saved = new MLContext(1).Model.LoadShallowNetwork(PathOf("saved_before.zip"), out _).Model;
        ShallowNetworkModelParameters oracle = NetworkJson.Load(PathOf("saved_before.json"));
        Assert.Equal(oracle.W1, saved.W1);
        Assert.Equal(oracle.Score([0.25f, 0.5f]), saved.Score([0.25f, 0.5f]));
    }
}
