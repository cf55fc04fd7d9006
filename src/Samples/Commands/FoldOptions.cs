using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options that say what folds to train without and evaluate on, in turn.</summary>
internal sealed class FoldOptions
{
    private const int Usual = 5;

    private readonly Option<int?> _count = OptionTexts.Number<int>(
        "--folds", $"How many folds [default: {Usual}]", count => count is >= 2 and <= 1000, "a whole number from 2 to 1000");
    private readonly Option<string?> _column = OptionTexts.Text(
        "--fold-column", "column", "A column with each row's fold, instead of folds drawn at random");

    public void AddTo(Command command)
    {
        command.AddGroup("The folds", _count, _column);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_count) is { Implicit: false } && result.GetResult(_column) is { Implicit: false })
                result.AddError("--folds and --fold-column exclude each other.");
        });
    }

    /// <summary>How many folds are drawn where no column gives them.</summary>
    public int Count(ParseResult parse) => parse.GetValue(_count) ?? Usual;

    /// <summary>The column that gives them, or null.</summary>
    public string? Column(ParseResult parse) => parse.GetValue(_column);
}
