using Microsoft.ML;
using Microsoft.ML.Runtime;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Runtime;

/// <summary>Messages of components reach the context's log with their source.</summary>
public class LogTests
{
    [Fact]
    public void MessagesCarryTheirSource()
    {
        var ml = new MLContext(1);
        var messages = new List<LoggingEventArgs>();
        ml.Log += (_, e) => messages.Add(e);
        var host = ((IHostEnvironment)ml).Register("Comp");
        using (var channel = host.Start("Training"))
        {
            channel.Info(MessageSensitivity.None, "hello {0}", 3);
            channel.Warning(MessageSensitivity.None, "braces {x} stay without arguments");
            channel.Error(MessageSensitivity.None, "error");
            channel.Trace(MessageSensitivity.None, "trace");
        }

        Assert.Equal(
            ["Channel started", "hello 3", "braces {x} stay without arguments", "error", "trace", "Channel disposed"],
            messages.Select(m => m.RawMessage).Where(text => !text.Contains("Elapsed")));
        Assert.All(messages, message => Assert.Equal("Comp; Training", message.Source));
        Assert.Contains(messages, message => message.Message == "[Source=Comp; Training, Kind=Info] hello 3");
        Assert.Contains(messages, message => message.Kind == ChannelMessageKind.Error);
    }

    [Fact]
    public void TheEnvironmentItselfHasChannelsToo()
    {
        var ml = new MLContext();
        var sources = new List<string>();
        ml.Log += (_, e) => sources.Add(e.Source);
        using (((IHostEnvironment)ml).Start("Top"))
        {
        }

        Assert.All(sources, source => Assert.Equal("Top", source));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((IHostEnvironment)ml).Register(""));
    }
}
