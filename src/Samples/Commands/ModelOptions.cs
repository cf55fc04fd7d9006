using System.CommandLine;
using Microsoft.ML;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options of commands that put a table through a saved model.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = OptionTexts.RequiredFile("--model", "The model that train saved (.zip)");
    private readonly DataOptions _data = new("The table; columns are matched by name, others are passed over; - for standard input");

    private readonly FormatOptions _format = new();

    public void AddTo(Command command)
    {
        command.AddGroup("The model and the table", [_model, .. _data.All]);
        _data.AddTo(command);
        _format.AddTo(command);
    }

    /// <summary>The model's file.</summary>
    public string ModelPath(ParseResult parse) => parse.GetRequiredValue(_model);

    /// <summary>Where the table is.</summary>
    public TableSource Source(ParseResult parse) => _data.Read(parse);

    /// <summary>Loads the model and opens the table for it.</summary>
    /// <exception cref="UserError">Either can't be read, or they don't fit.</exception>
    public (ITransformer Model, TableView Rows) Load(MLContext ml, ParseResult parse, bool needsLabel, string? label = null, string? positive = null)
    {
        ITransformer model = ModelFile.Load(ml, ModelPath(parse), out DataViewSchema schema);
        TableFile table = Source(parse).Open(_format.Read(parse));
        TableView rows = TableView.ForModel(table, schema, ModelPath(parse), needsLabel, label, positive);
        ModelFile.Check(model, schema, ModelPath(parse));
        rows.Notices.KnownWords = KnownWords.Of(model, rows);
        using TableRows first = table.OpenRows();
        return first.Read() ? (model, rows) : throw new UserError($"{table.Path} has a line of column names but no rows.");
    }
}
