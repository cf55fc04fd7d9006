using System.IO.Compression;
using System.Xml.Linq;

// What every package must have: arguments are the folder of the packages and their version.
(string folder, string version) = (args[0], args[1]);
string[] ids = ["MlNetShallowNet", "MlNetShallowNet.Onnx", "MlNetShallowNet.Sources", "MlNetShallowNet.Orleans", "MlNetShallowNet.Tool"];
string[] expected = [.. ids.SelectMany(id => new[] { $"{id}.{version}.nupkg", $"{id}.{version}.snupkg" })];
string[] found = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!)];
Check(found.Order().SequenceEqual(expected.Order()), $"The packages are {string.Join(", ", found)}.");
foreach (string id in ids)
{
    using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder, $"{id}.{version}.nupkg"));
    string[] files = [.. package.Entries.Select(entry => entry.FullName)];
    foreach (string file in (string[])["README.md", "CHANGELOG.md", "icon.png"])
        Check(files.Contains(file), $"{id} has no {file}.");
    using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
    Dictionary<string, XElement> metadata = XDocument.Load(nuspec).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName);
    foreach (string name in (string[])["description", "tags", "license", "readme", "icon", "copyright", "authors"])
        Check(metadata.ContainsKey(name) && metadata[name].Value.Length > 0, $"{id} says nothing of its {name}.");
    Check(metadata["repository"].Attribute("commit")?.Value.Length == 40, $"{id} does not say of which commit it is.");

    using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(folder, $"{id}.{version}.snupkg"));
    string symbolFile = id == ids[^1] ? "shallownet.pdb" : $"{id}.pdb";
    Check(symbols.Entries.Any(entry => entry.Name == symbolFile), $"{id} has no symbols.");
    if (id == ids[^1])
    {
        Check(files.Any(file => file.EndsWith("data/README.md", StringComparison.Ordinal)), "The tool's tables come without their licences.");
        continue;
    }
    using Stream xml = package.GetEntry($"lib/net10.0/{id}.xml")!.Open();
    string[] documented = [.. XDocument.Load(xml).Descendants("member").Select(member => member.Attribute("name")!.Value)];
    string ofPublic = id switch
    {
        "MlNetShallowNet" => "T:MlNetShallowNet.ShallowNetworkTrainer",
        "MlNetShallowNet.Onnx" => "T:Microsoft.ML.ShallowNetworkOnnxExtensions",
        "MlNetShallowNet.Sources" => "T:MlNetShallowNet.Sources.ParquetRows",
        _ => "T:MlNetShallowNet.Cluster.ShallowNetworkClusterExtensions",
    };
    Check(documented.Contains(ofPublic), $"{id} documents no {ofPublic}.");
    string[] inner = ["MlNetShallowNet.Engine.", "MlNetShallowNet.Persistence.", "MlNetShallowNet.Onnx.", "MlNetShallowNet.Sources.Records.", "MlNetShallowNet.Sources.Databases.", "ShallowNetworkModelParameters.Scorer"];
    Check(documented.FirstOrDefault(name => inner.Any(name.Contains)) is not { } hidden, $"{id} documents what nobody sees.");
}
Console.WriteLine($"{ids.Length} packages have what they need.");

static void Check(bool isTrue, string message)
{
    if (!isTrue)
        throw new InvalidOperationException(message);
}
