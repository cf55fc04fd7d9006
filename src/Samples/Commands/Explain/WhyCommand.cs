using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Explain.Lessons;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary><c>explain why</c>: a learner's question, answered on the user's numbers.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var command = new Command("why", "Answers a question about the equations by computing it on your numbers.");
        Argument<string> question = OptionTexts.NameOf(
            "question", string.Join("; ", Lesson.All.Select(l => $"{l.Name}: {l.Question}")), [.. Lesson.All.Select(l => l.Name)]);
        command.Arguments.Add(question);
        var subjects = new SubjectOptions(command);
        command.SetAction(result =>
        {
            Subject subject = subjects.Read(result, out IReadOnlyList<string> notes, _ => 1000);
            Lesson lesson = Lesson.All.Single(l => l.Name == result.GetValue(question));
            var page = new Page(Terminal.Out.Profile.Out.Writer);
            page.Heading(lesson.Question).Gap();
            page.Opening(subject, subject.Weights is null || lesson.UsesWeights ? notes : [.. notes, "The weights of the examples are not used: this lesson " +
                "counts each once."]);
            lesson.Answer(subject, page);
        });
        return command;
    }
}
