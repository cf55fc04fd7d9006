using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options about the probability above which a row is called positive.</summary>
internal sealed class ThresholdOptions
{
    private const string AboveZero = "above 0 and at most 1";

    private readonly Option<double?> _recall = OptionTexts.Number<double>(
        "--recall", "Find the threshold that finds this share of the positive rows [default: 0.9]", IsShare, AboveZero);
    private readonly Option<double?> _precision = OptionTexts.Number<double>(
        "--precision", "Find the threshold at which this share of the rows called positive is so [default: 0.9]", IsShare, AboveZero);
    private readonly Option<double?> _falseAlarmCost = Cost("--false-alarm-cost", "What a negative row costs that is called positive [default: 1]");
    private readonly Option<double?> _missCost = Cost("--miss-cost", "What a positive row costs that is called negative [default: 1]");

    /// <summary>The threshold itself, for commands that take one.</summary>
    public static Option<double?> Threshold(string otherwise) => OptionTexts.Number<double>(
        "--threshold", $"The probability above which a row is predicted to be positive [default: {otherwise}]", threshold => threshold is > 0 and < 1, "above 0 and below 1");

    public void AddTo(Command command) => command.AddGroup("Where to draw the line", _recall, _precision, _falseAlarmCost, _missCost);

    public ThresholdWishes Read(ParseResult parse)
    {
        ThresholdWishes wishes = new();
        return new(
            parse.GetValue(_recall) ?? wishes.Recall, parse.GetValue(_precision) ?? wishes.Precision,
            parse.GetValue(_falseAlarmCost) ?? wishes.FalseAlarmCost, parse.GetValue(_missCost) ?? wishes.MissCost);
    }

    private static bool IsShare(double share) => share is > 0 and <= 1;

    private static Option<double?> Cost(string name, string description) =>
        OptionTexts.Number<double>(name, description, cost => cost >= 0 && double.IsFinite(cost), "0 or more");
}
