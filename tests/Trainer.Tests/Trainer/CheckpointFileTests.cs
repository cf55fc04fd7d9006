using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>The file that keeps the state of a training, as a user of the trainer meets it.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("shallownet-checkpoint-").FullName;

    private string CheckpointPath => Path.Combine(_folder, "training.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Killed : Exception;

    private sealed class Reports(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    private ShallowNetworkModelParameters Fit(Action<ShallowNetworkTrainer.Options> change, int rows = 200, MLContext? ml = null)
    {
        var options = new ShallowNetworkTrainer.Options
        {
            Members = 2,
            HiddenUnits = 10,
            NumberOfIterations = 6,
            Patience = 100,
            Seed = 3,
            CheckpointPath = CheckpointPath,
            CheckpointSeconds = 1e-9,
        };
        change(options);
        ml ??= _ml;
        return ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(ml, rows)).Model;
    }

    private void KillIn(int epoch) => Assert.Throws<Killed>(() => Fit(o => o.Progress = new Reports(p =>
    {
        if (p.Epoch == epoch)
            throw new Killed();
    })));

    private string Refused(Action<ShallowNetworkTrainer.Options> change, int rows = 200)
    {
        string message = Assert.Throws<InvalidDataException>(() => Fit(change, rows)).Message;
        Assert.StartsWith(CheckpointPath, message);
        Assert.Contains("delete it", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static string Bytes(ShallowNetworkModelParameters model)
    {
        using var json = new MemoryStream();
        NetworkJson.Write(model, json);
        return System.Text.Encoding.UTF8.GetString(json.ToArray());
    }

    [Fact]
    public void AKilledTrainingGoesOnWhateverItsThreadsAndBudgetAre()
    {
        string expected = Bytes(Fit(o => (o.CheckpointPath, o.CheckpointSeconds) = (null, null)));
        KillIn(4);
        var epochs = new List<int>();
        var ml = new MLContext(1);
        ConcurrentQueue<string> log = LogLines.Of(ml);
        ShallowNetworkModelParameters resumed = Fit(
            o => (o.NumberOfThreads, o.TimeBudgetSeconds, o.CheckpointSeconds, o.Progress) = (1, 1_000, 60, new Reports(p => epochs.Add(p.Epoch))), ml: ml);
        Assert.Equal(4, epochs[0]);
        Assert.Contains(log, line => line.Contains("Goes on from", StringComparison.Ordinal));
        Assert.Equal(expected, Bytes(resumed).Replace(",\"TimeBudgetSeconds\":\"1000\"", "", StringComparison.Ordinal));
        // Of a finished training all is kept: nothing is trained again.
        epochs.Clear();
        Assert.Equal(expected, Bytes(Fit(o => o.Progress = new Reports(p => epochs.Add(p.Epoch)))));
        Assert.Empty(epochs);
        Assert.Equal([CheckpointPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void OneOfOtherRowsOrOptionsIsRefused()
    {
        KillIn(3);
        byte[] kept = File.ReadAllBytes(CheckpointPath);
        Assert.Contains("the training data was 200 rows of 4 features", Refused(_ => { }, rows: 201));
        Assert.Contains("LearningRate was not given and is 0.01", Refused(o => o.LearningRate = 0.01));
        Assert.Contains("Seed was 3 and is 4", Refused(o => o.Seed = 4));
        Assert.Contains("NumberOfIterations was 6 and is 7", Refused(o => o.NumberOfIterations = 7));
        Assert.Equal(kept, File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void WhatIsNoCheckpointIsRefused()
    {
        KillIn(3);
        byte[] kept = File.ReadAllBytes(CheckpointPath);
        File.WriteAllText(CheckpointPath, "");
        Assert.Contains("cut short", Refused(_ => { }));
        File.WriteAllBytes(CheckpointPath, kept[..^9]);
        Assert.Contains("cut short", Refused(_ => { }));
        byte[] altered = [.. kept];
        altered[kept.Length / 2] ^= 1;
        File.WriteAllBytes(CheckpointPath, altered);
        Assert.Contains("damaged", Refused(_ => { }));
        byte[] other = new byte[100];
        File.WriteAllBytes(CheckpointPath, [.. other, .. SHA256.HashData(other)]);
        Assert.Contains("something else", Refused(_ => { }));
    }

    [Fact]
    public void APathThatCannotBeWrittenIsToldOfBeforeTraining()
    {
        int epochs = 0;
        Assert.Throws<IOException>(() => Fit(o => (o.CheckpointPath, o.Progress) = (_folder, new Reports(_ => epochs++))));
        Assert.Equal(0, epochs);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(o => o.CheckpointPath = " "));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(o => o.CheckpointSeconds = 0));
    }

    [Fact]
    public void ACancelledTrainingKeepsItsCheckpointAndCanGoOn()
    {
        string expected = Bytes(Fit(o => (o.CheckpointPath, o.CheckpointSeconds) = (null, null)));
        using var source = new CancellationTokenSource();
        ShallowNetworkModelParameters cancelled = Fit(o => (o.CancellationToken, o.Progress) = (source.Token, new Reports(p =>
        {
            if (p.Epoch == 4)
                source.Cancel();
        })));
        Assert.True(cancelled.History.WasCancelled);
        Assert.Equal(expected, Bytes(Fit(_ => { })));
    }
}
