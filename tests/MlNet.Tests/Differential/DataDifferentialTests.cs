using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>Filters, parts of the rows and saved text, over columns of every type.</summary>
public class DataDifferentialTests
{
    private readonly MLContext _ml = new(1);
    private readonly Transcript _transcript = new();

    [Fact]
    public void Rows_with_missing_values_are_left_out_as_by_the_package()
    {
        var data = TypedRows.Seen(_ml);
        var columns = new[] { "R4", "R8", "Vector", "Key", "R4,R8", "Key,Vector", "I4", "Text", "Flag", "Date", "Nowhere", "R4,R4" };
        foreach (var names in columns)
            Show($"without missing {names}", () => _ml.Data.FilterRowsByMissingValues(data, names.Split(',')));
        var encoded = _ml.Transforms.Categorical.OneHotEncoding("Text").Fit(data).Transform(data);
        Show("a sparse vector", () => _ml.Data.FilterRowsByMissingValues(encoded, "Text"));
        _transcript.Compare("data-filters");
    }

    [Fact]
    public void Parts_of_the_rows_are_those_of_the_package()
    {
        var data = TypedRows.Seen(_ml);
        foreach (long count in new long[] { 0, -1, 1, 2, 6, 7, long.MaxValue })
        {
            Show($"take {count}", () => _ml.Data.TakeRows(data, count));
            Show($"skip {count}", () => _ml.Data.SkipRows(data, count));
        }

        Show("skip and take", () => _ml.Data.TakeRows(_ml.Data.SkipRows(data, 2), 3));
        Show("take and skip", () => _ml.Data.SkipRows(_ml.Data.TakeRows(data, 3), 2));
        Show("skip all and take", () => _ml.Data.TakeRows(_ml.Data.SkipRows(data, 9), 3));
        Show("take of filtered", () => _ml.Data.TakeRows(_ml.Data.FilterRowsByMissingValues(data, "R4"), 2));
        _transcript.Compare("data-parts");
    }

    [Fact]
    public void Sampling_keys_of_every_type_split_the_rows_as_by_the_package()
    {
        var data = TypedRows.Seen(_ml);
        foreach (string column in data.Schema.Select(column => column.Name).Append("Nowhere"))
        {
            Show($"train, {column}", () => _ml.Data.TrainTestSplit(data, 0.4, column, seed: 3).TrainSet);
            Show($"test, {column}", () => _ml.Data.TrainTestSplit(data, 0.4, column, seed: 3).TestSet);
            Show($"first of three folds, {column}", () => _ml.Data.CrossValidationSplit(data, 3, column)[0].TestSet);
        }

        _transcript.Compare("data-splits");
    }

    [Fact]
    public void Text_is_saved_as_by_the_package()
    {
        var all = TypedRows.Seen(_ml);
        var data = _ml.Transforms.DropColumns("I8").Append(_ml.Transforms.CopyColumns("I4", "I2"))
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Hot", "Text")).Fit(all).Transform(all);
        foreach (char separator in ",;\t |".ToCharArray())
            Save($"separator '{separator}'", data, separator);
        Save("a separator that is none", data, ':');
        Save("all hidden columns", data, ',', keepHidden: true);
        Save("dense", data, ',', forceDense: true);
        Save("without a header", data, ',', headerRow: false);
        Save("nothing but rows", data, ',', headerRow: false, schema: false);
        Save("no rows", _ml.Data.SkipRows(data, 10), ',');
        Save("a vector alone", _ml.Transforms.SelectColumns("Vector").Fit(data).Transform(data), ',');
        Save("slots with names", _ml.Transforms.SelectColumns("Hot", "Flag").Fit(data).Transform(data), '\t');
        _transcript.Compare("data-saved-text");
    }

    private void Show(string what, Func<IDataView> make) => _transcript.Outcome(what, () =>
    {
        var view = make();
        _transcript.Line($"{what}: {view.GetRowCount()?.ToString() ?? "not known"} rows, shuffled {view.CanShuffle}");
        _transcript.Line($"    {string.Join(" | ", Values.Rows(view, view.Schema["R8"]))}");
        using var cursor = view.GetRowCursor(view.Schema);
        var getId = cursor.GetIdGetter();
        DataViewRowId id = default;
        for (_transcript.Line($"    at {cursor.Position}"); cursor.MoveNext(); _transcript.Line($"    at {cursor.Position}: {id}"))
            getId(ref id);
    });

    private void Save(string what, IDataView data, char separator, bool headerRow = true, bool schema = true, bool keepHidden = false,
        bool forceDense = false) => _transcript.Outcome(what, () =>
    {
        using var stream = new MemoryStream();
        _ml.Data.SaveAsText(data, stream, separator, headerRow, schema, keepHidden, forceDense);
        _transcript.Line($"{Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n")}");
    });
}
