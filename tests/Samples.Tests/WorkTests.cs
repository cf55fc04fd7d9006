namespace MlNetShallowNet.SamplesTests;

/// <summary>One training as several processes that share a folder.</summary>
public sealed class WorkTests : Shallownet
{
    private void Plan()
    {
        Write("t.csv", EasyTable);
        var planned = Run(["plan", "--data", "t.csv", "--work", "w", "--preset", "fast", "--set", "Members=2"]);
        planned.Succeeds();
        foreach (string words in (string[])["2 members", "shallownet train-member --work w --member K, where K is 0 to 1", "shallownet join --work w"])
            planned.Says(words);
    }

    private string Network(string name) => File.ReadAllText(PathOf(name));

    [Fact]
    public void MembersTrainedByThemselvesAreTheNetworkOfOneProcess()
    {
        Plan();
        Run("train-member", "--work", "w", "--member", "1").Succeeds();
        Run("join", "--work", "w", "--network", "joined.json").FailsWith("w lacks 1 member of 2 (0)", "shallownet train-member --work w --member 0");
        Run("train-member", "--work", "w", "--member", "0", "--quiet").Succeeds();
        Run("join", "--work", "w", "--network", "joined.json", "--model", "joined.zip").Succeeds().Says("bit for bit");
        string[] train = ["train", "--data", "t.csv", "--preset", "fast", "--set", "Members=2", "--test-fraction", "0"];
        Run([.. train, "--network", "one.json"]).Succeeds();
        Assert.Equal(Network("one.json"), Network("joined.json"));
        // What train finds in the folder it takes.
        File.Delete(PathOf("w/member-0.state"));
        Run([.. train, "--network", "rest.json", "--work", "w"]).Succeeds();
        Assert.Equal(Network("one.json"), Network("rest.json"));
    }

    [Fact]
    public void WhatIsOfOtherRowsOrMissingIsSaid()
    {
        Run("train-member", "--work", "w", "--member", "0").FailsWith("w has no plan", "shallownet plan --data FILE --work w");
        Plan();
        Run("train-member", "--work", "w", "--member", "2").FailsWith("There is no member 2", "2 members, counted from 0");
        Run("train-member", "--work", "w", "--member", "0").Succeeds();
        Run("train-member", "--work", "w", "--member", "1").Succeeds();
        Write("t.csv", EasyTable[..EasyTable.TrimEnd().LastIndexOf('\n')] + "\n");
        Run("join", "--work", "w", "--network", "n.json").FailsWith("Member 0 can't be joined: the training data was", "train it again");
        Assert.False(File.Exists(PathOf("n.json")));
        Run("plan", "--data", "-", "--work", "w").FailsWith("standard input does not allow");
        File.WriteAllText(PathOf("w/plan.rsp"), "--dat\nt.csv\n");
        Run("join", "--work", "w").FailsWith("The plan can't be read");
        Run("plan", "--data", "t.csv", "--work", "t.csv").FailsWith("--work t.csv can't be made a folder");
    }

    [Fact]
    public void APlanForAFolderWithMembersSaysSo()
    {
        Plan();
        string[] again = ["plan", "--data", "t.csv", "--work", "w", "--preset", "fast", "--set", "Members=3"];
        Assert.DoesNotContain("already", Run(again).Succeeds().Output, StringComparison.Ordinal);
        Plan();
        Run("train-member", "--work", "w", "--member", "1").Succeeds();
        Run(again).Succeeds().Says("w has trained members already: join refuses those of another plan");
    }

    [Fact]
    public void AnArgumentMayBeginAsARemarkOrAFileOfArgumentsDoes()
    {
        Write("t.csv", EasyTable.Replace("x,y,Label", "#x,y,@label"));
        Run("plan", "--data", "t.csv", "--ignore", "#x", "--label=@label", "--work", "w", "--preset", "fast", "--set", "Members=1").Succeeds();
        Assert.Contains("--ignore\n#x\n--label\n@label\n", Network("w/plan.rsp"), StringComparison.Ordinal);
        Run("train-member", "--work", "w", "--member", "0").Succeeds();
        Run("join", "--work", "w", "--network", "n.json").Succeeds().Says("1 input,");
    }

    [Fact]
    public void AColumnMayBeCalledAsTheCommandIs()
    {
        Write("t.csv", EasyTable);
        string header = EasyTable[..EasyTable.IndexOf('\n')];
        Write("t.csv", string.Join(',', [.. header.Split(',')[..^1], "plan"]) + EasyTable[header.Length..]);
        Run("plan", "--data", "t.csv", "--label", "plan", "--work", "w", "--preset", "fast", "--set", "Members=1").Succeeds();
        Assert.Contains("--label\nplan\n", Network("w/plan.rsp"), StringComparison.Ordinal);
        Run("train-member", "--work", "w", "--member", "0").Succeeds();
    }
}
