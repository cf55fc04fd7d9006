using MlNetShallowNet.Cluster;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.ClusterTests.Messages;

/// <summary>Which files a worker reads, where links lead about.</summary>
public sealed class AllowedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-tests-").FullName;
    private readonly ClusterTrainingOptions _options = new();

    public AllowedTests()
    {
        foreach (string folder in (string[])["allowed/inner", "secret/c"])
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(PathOf(folder)).FullName, "x.csv"), "x,label\n");
        _options.Folders.Add(PathOf("allowed"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Link(string name, string target) => Directory.CreateSymbolicLink(PathOf(name), target);

    [Fact]
    public void LinksWithinTheFolderAreFollowed()
    {
        Link("allowed/b", "inner");
        Link("allowed/a", "b");
        string real = Allowed.File(PathOf("allowed/inner/x.csv"), _options);
        Assert.Equal(real, Allowed.File(PathOf("allowed/a/x.csv"), _options));
        Link("to-allowed", "allowed");
        Assert.Equal(real, Allowed.File(PathOf("to-allowed/a/x.csv"), _options));
    }

    [Fact]
    public void NoLinkLeadsOutOfTheFolder()
    {
        Link("allowed/b", PathOf("secret"));
        Link("allowed/a", "b/c"); // whose own parts are links
        Link("allowed/up", "..");
        Assert.All(["allowed/b/c/x.csv", "allowed/a/x.csv", "allowed/up/secret/c/x.csv", "allowed/../secret/c/x.csv"], path =>
            Assert.Contains("is in none of the worker's folders", Assert.Throws<UnauthorizedAccessException>(() => Allowed.File(PathOf(path), _options)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void LinksWithoutAnEndAreRefused()
    {
        Link("allowed/a", "b/a");
        Link("allowed/b", ".");
        string refused = Assert.Throws<UnauthorizedAccessException>(() => Allowed.File(PathOf("allowed/a/x.csv"), _options)).Message;
        Assert.Contains("leads through more than 40 links", refused, StringComparison.Ordinal);
    }
}
