using System.Reflection;
using System.Reflection.Emit;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// An ML.NET <see cref="PredictionEngine{TSrc, TDst}"/> for tables whose columns are known only at run time. A prediction engine takes its
/// columns from a class; for one's own table one writes that class by hand (see Examples/), here it is made from the schema.
/// </summary>
internal sealed class RowEngine : IDisposable
{
    private readonly Type _rowType;
    private readonly IDisposable _engine;
    private readonly Func<object, Prediction> _predict;

    public RowEngine(MLContext ml, ITransformer model, DataViewSchema inputSchema)
    {
        _rowType = RowType(inputSchema);
        MethodInfo create = typeof(RowEngine).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!;
        object created = create.MakeGenericMethod(_rowType).Invoke(null, [ml, model, inputSchema])!;
        (_engine, _predict) = ((IDisposable, Func<object, Prediction>))created;
    }

    /// <summary>Scores the first rows of each label in a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="rowsOfEach">How many rows of each label.</param>
    /// <returns>For each row its label and what the engine says.</returns>
    public IReadOnlyList<(bool Label, Prediction Prediction)> Score(TableView view, int rowsOfEach)
    {
        List<(bool Label, Prediction Prediction)> scored = [];
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        object row = Activator.CreateInstance(_rowType)!;
        List<Action> fill = [.. view.Schema.Select(column => Filler(cursor, column, row))];
        ValueGetter<bool> label = cursor.GetGetter<bool>(view.Schema[view.LabelName]);
        while (scored.Count < 2 * rowsOfEach && cursor.MoveNext())
        {
            bool isPositive = false;
            label(ref isPositive);
            if (scored.Count(s => s.Label == isPositive) == rowsOfEach)
                continue;
            fill.ForEach(copy => copy());
            scored.Add((isPositive, _predict(row)));
        }
        return scored;
    }

    public void Dispose() => _engine.Dispose();

    private static (IDisposable Engine, Func<object, Prediction> Predict) Create<TRow>(
        MLContext ml, ITransformer model, DataViewSchema inputSchema)
        where TRow : class
    {
        PredictionEngine<TRow, Prediction> engine = ml.Model.CreatePredictionEngine<TRow, Prediction>(model, inputSchema);
        return (engine, row => engine.Predict((TRow)row));
    }

    /// <summary>A class with a public field for each column, named like the column.</summary>
    private static Type RowType(DataViewSchema schema)
    {
        TypeBuilder type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("TableRows"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("TableRows")
            .DefineType("TableRow", TypeAttributes.Public | TypeAttributes.Class | TypeAttributes.Sealed);
        foreach (DataViewSchema.Column column in schema)
            type.DefineField(column.Name, column.Type is TextDataViewType ? typeof(string) : column.Type.RawType, FieldAttributes.Public);
        return type.CreateType();
    }

    private Action Filler(DataViewRow from, DataViewSchema.Column column, object row)
    {
        FieldInfo field = _rowType.GetField(column.Name)!;
        if (column.Type is TextDataViewType)
            return Fill<ReadOnlyMemory<char>>(from, column, value => field.SetValue(row, value.ToString()));
        return column.Type is BooleanDataViewType
            ? Fill<bool>(from, column, value => field.SetValue(row, value))
            : Fill<float>(from, column, value => field.SetValue(row, value));
    }

    private static Action Fill<T>(DataViewRow from, DataViewSchema.Column column, Action<T> set)
    {
        ValueGetter<T> getter = from.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            set(value);
        };
    }
}
