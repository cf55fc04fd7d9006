using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Explain.Lessons;
using MlNetShallowNet.Samples.Commands.Explain.Pages;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary><c>explain</c>: see back-propagation work on one's own data. Alone, it lists what can be asked.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var command = new Command("explain", "See back-propagation work on your own data: every number, checked gradients, answered " +
            "questions. Alone, it lists the questions.")
        {
            TraceCommand.Create(),
            WhyCommand.Create(),
            GradientsCommand.Create(),
            StepCommand.Create(),
            SizesCommand.Create(),
            PageCommand.Create(),
        };
        command.SetAction(_ => List(new Page(Terminal.Out.Profile.Out.Writer)));
        return command;
    }

    private static void List(Page page)
    {
        page.Text("What can be asked about back-propagation, in the order in which to learn it. Each is answered on your table (--data FILE) and " +
            "your network (--network FILE, or a fresh one); docs/derivation.md answers them on a worked example.");
        page.Table(["shallownet explain", "question"],
        [
            ["trace", "What happens in one forward and one backward pass?"],
            .. Lesson.All.Select(lesson => (IReadOnlyList<string>)[$"why {lesson.Name}", lesson.Question]),
            ["gradients", "Is my gradient right, and what do the classic mistakes look like?"],
            ["step", "What is the gradient for? One step downhill."],
            ["sizes", "What do more hidden units bring?"],
            ["page", "All of this as one page to step through and to change numbers in (--output FILE)."],
        ], textColumns: 2);
    }
}
