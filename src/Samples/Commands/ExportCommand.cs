using System.CommandLine;
using Microsoft.ML;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>export</c>: a saved model as an ONNX file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Option<string> model = OptionTexts.RequiredFile("--model", "The model that train saved (.zip)");
        Option<string> output = OptionTexts.RequiredFile("--output", "Where the ONNX file goes (.onnx)");
        Command command = new("export", "Write a saved model as an ONNX file, from the table's columns to the score.");
        command.AddGroup("What is read and written", model, output);
        command.SetAction(parse =>
        {
            string from = parse.GetRequiredValue(model), to = parse.GetRequiredValue(output);
            OutputFile.Check([("--output", to)], table: null, from);
            MLContext ml = new(0);
            IReadOnlyList<string> inputs = ModelExport.Write(ml, ModelFile.Load(ml, from, out DataViewSchema schema), schema, to);
            Terminal.Line($"{to}: the model in ONNX, from {Terminal.Count(inputs.Count, "column")} to Score, Probability and PredictedLabel.");
            Terminal.Line($"Inputs, a row for each of the table's: {string.Join(", ", inputs)}.");
        });
        return command;
    }
}
