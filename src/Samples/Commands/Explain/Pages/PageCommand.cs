using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary><c>explain page</c>: the whole lesson as one file for the browser, on the user's numbers.</summary>
internal static class PageCommand
{
    private const string DefaultOutput = "lesson.html";
    private const int MostExamples = 1000;

    public static Command Create()
    {
        var command = new Command("page", "Writes a page that shows every number of both passes, lets you change them and take steps. " +
            "Without --data it is the worked example of the derivation.");
        var subjects = new SubjectOptions(command, isTableRequired: false);
        ILookup<bool, Option> areTables = command.Options.ToLookup(option => option.Name is "--data" or "--query");
        Option[] tables = [.. areTables[true]], ofData = [.. areTables[false]];
        Option<string?> output = new("--output") { Description = $"The page [default: {DefaultOutput}]", HelpName = "file" };
        command.AddGroup("What is written", output);
        command.SetAction(result =>
        {
            IReadOnlyList<string> notes = [];
            bool isWorked = tables.All(option => result.GetResult(option) is null);
            if (isWorked && ofData.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } alone)
                throw new UserError($"{alone.Name} needs a table: give --data, or leave out both for the worked example.");
            string path = result.GetValue(output) ?? DefaultOutput;
            subjects.CheckOutput(result, path);
            Subject subject = isWorked ? WorkedExample.Read() : subjects.Read(result, out notes, _ => MostExamples);
            if (subject.Weights is not null)
                (subject, notes) = (subject with { Weights = null }, [.. notes, "The weights of the examples are not used: the page counts each once."]);
            string page = LessonPage.Write(subject, notes, isWorked ? WorkedExample.Options : Options(result));
            OutputFile.Write(path, page);
            Terminal.Line($"The lesson: {path}");
        });
        return command;
    }

    // What asks `explain why` about the same numbers.
    private static string Options(ParseResult result)
    {
        string[] words = [.. result.Tokens.Select(token => token.Value)];
        var kept = new List<string>();
        for (int i = Array.IndexOf(words, "page") + 1; i < words.Length; i++)
        {
            if (words[i] == "--output")
                i++;
            else
                kept.Add(words[i].Any(char.IsWhiteSpace) ? $"\"{words[i]}\"" : words[i]);
        }

        return string.Concat(kept.Select(word => $" {word}"));
    }
}
