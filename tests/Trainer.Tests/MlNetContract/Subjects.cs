using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>
/// What the checks of this folder are made on: a network as trained, the same network saved and loaded, and, as the control that says
/// what ML.NET does, its own logistic regression.
/// </summary>
internal static class Subjects
{
    public const string InBox = "in-box";
    public const string Trained = "trained";
    public const string Loaded = "loaded";

    public static MLContext Ml { get; } = new(seed: 1);

    public static TheoryData<string> All => [InBox, Trained, Loaded];

    public static TheoryData<string> Own => [Trained, Loaded];

    public static IDataView Data { get; } = TestRows.View(Ml);

    public static ShallowNetworkTrainer Trainer => Ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 3, numberOfIterations: 2);

    public static IEstimator<ITransformer> InBoxTrainer => Ml.BinaryClassification.Trainers.LbfgsLogisticRegression();

    /// <summary>One of the three, trained on <paramref name="data"/>.</summary>
    public static ITransformer Model(string subject, IDataView? data = null)
    {
        data ??= Data;
        return subject switch
        {
            InBox => InBoxTrainer.Fit(data),
            Trained => Trainer.Fit(data),
            _ => Reload(Trainer.Fit(data), data.Schema),
        };
    }

    public static ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        Ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return Ml.Model.Load(stream, out _);
    }

    /// <summary>The kind of exception that this throws and the argument that it names.</summary>
    public static (Type? Kind, string? Argument) Thrown(Action action)
    {
        Exception? thrown = Record.Exception(action);
        return (thrown?.GetType(), (thrown as ArgumentException)?.ParamName);
    }

    /// <summary>The values of a column by their row's id.</summary>
    public static void Read<T>(DataViewRowCursor cursor, string name, Action<DataViewRowId, T> add)
    {
        using (cursor)
        {
            ValueGetter<T> getter = cursor.GetGetter<T>(cursor.Schema[name]);
            ValueGetter<DataViewRowId> idGetter = cursor.GetIdGetter();
            T value = default!;
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                idGetter(ref id);
                getter(ref value);
                add(id, value);
            }
        }
    }
}
