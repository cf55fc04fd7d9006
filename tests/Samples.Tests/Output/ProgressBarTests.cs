using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.TestTools;
using Spectre.Console;

namespace MlNetShallowNet.SamplesTests.Output;

/// <summary>What is shown of a work fits a line of the terminal.</summary>
public sealed class ProgressBarTests
{
    private const string Training = "Training  network 2/8, epoch 28/30  loss 0.5161  validation 0.5781, 1,600,000 rows/s, 12 s left";

    [Theory]
    [InlineData(200, Training)]
    [InlineData(64, "Training  network 2/8, epoch 28/30 … 1,600,000 rows/s, 12 s left")]
    [InlineData(24, "Training … 12 s left")]
    [InlineData(12, "Training  n…")]
    public void TheMiddleIsLeftOutWhereItIsLong(int width, string shown)
    {
        Assert.Equal(shown, ProgressBar.Fit(Training, width));
        Assert.InRange(shown.Length, 0, width);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task ABarIsOneLine(int width)
    {
        using StringWriter text = new();
        var written = TextWriter.Synchronized(text); // its methods lock it
        string Written()
        {
            lock (written)
                return text.ToString();
        }
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = width;
        await Task.Run(() => ProgressBar.Run(console, "Training", bar =>
        {
            bar.Show(0.25, Training);
            return Patience.Until(wait =>
            {
                Thread.Sleep(wait);
                return Written().Contains("25%", StringComparison.Ordinal);
            });
        }));
        string line = Written().Split('\n', '\r').First(line => line.Contains("12 s left", StringComparison.Ordinal));
        Assert.Contains("25%", line, StringComparison.Ordinal);
        Assert.Contains("━━", line, StringComparison.Ordinal);
    }
}
