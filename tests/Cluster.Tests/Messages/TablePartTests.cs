using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Cluster;
using MlNetShallowNet.Cluster.Messages;
using MlNetShallowNet.Samples.Cluster;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.ClusterTests.Messages;

/// <summary>Files of a table as workers read them: each as all of them together were read.</summary>
public sealed class TablePartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("utf-8", "utf-8")]
    [InlineData("utf-8", "latin1")]
    [InlineData("latin1", "utf-8")]
    public void FilesOfSeveralEncodingsAreReadInOne(string first, string second)
    {
        Write("1.csv", first, mark: first == "utf-8");
        Write("2.csv", second, mark: false);
        (string[] together, string[] apart) = Words("w");
        Assert.Contains(first == second ? "doré" : "dorÃ©", together);
        Assert.Equal(together, apart);
    }

    [Fact]
    public void WhatWasFoundOfAllFilesIsSaidToWorkers()
    {
        // By itself the second would be taken to have commas between.
        File.WriteAllText(Path.Combine(_folder, "1.csv"), "n;u,v,w;label\n" + string.Concat(Enumerable.Repeat("1;red;yes\n2;green;no\n", 30)));
        File.WriteAllText(Path.Combine(_folder, "2.csv"), "n;u,v,w;label\n" + string.Concat(Enumerable.Repeat("1;a,b,c;yes\n2;d,e,f;no\n", 3)));
        (string[] together, string[] apart) = Words("u,v,w");
        Assert.Contains("a,b,c", together);
        Assert.Equal(together, apart);
    }

    // A column as one table has it, and as workers have it that get messages of the files.
    private (string[] Together, string[] Apart) Words(string column)
    {
        using TableProfile profile = TableProfile.Read(new TableSettings(Path.Combine(_folder, "*.csv")));
        TableView rows = TableView.ForTraining(profile);
        MLContext ml = new(1);
        ITransformer copy = ml.Transforms.CopyColumns("copy", column).Fit(rows);
        ClusterTrainingOptions worker = new();
        worker.Folders.Add(_folder);
        TablePart.AddReaders(worker);
        IEnumerable<RowPart> parts = ClusterTraining.Parts(profile, copy, rows.Schema).Select(part => PartMessages.Read(PartMessages.Describe(part), worker));
        return ([.. TextsOf(copy.Transform(rows))], [.. parts.SelectMany(part => TextsOf(part.Load(ml)))]);
    }

    private static IEnumerable<string> TextsOf(IDataView rows) => rows.GetColumn<ReadOnlyMemory<char>>("copy").Select(text => text.ToString());

    private void Write(string name, string encoding, bool mark)
    {
        Encoding of = encoding == "utf-8" ? new UTF8Encoding(mark) : Encoding.Latin1;
        File.WriteAllText(Path.Combine(_folder, name), "n,w,label\n" + string.Concat(Enumerable.Repeat("1,bleu,yes\n2,doré,no\n", 30)), of);
    }
}
