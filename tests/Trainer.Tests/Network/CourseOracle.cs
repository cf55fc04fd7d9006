using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Network;

/// <summary>One case of oracle/course_equations.json, which NumPy computed in double precision.</summary>
public sealed class CourseOracle
{
    private readonly JsonElement _case;

    private CourseOracle(JsonElement element) => _case = element;

    public static IEnumerable<CourseOracle> All()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "oracle", "course_equations.json")));
        return [.. document.RootElement.EnumerateArray().Select(element => new CourseOracle(element.Clone()))];
    }

    /// <summary>Every case, named for the test report.</summary>
    public static TheoryData<int> Numbers()
    {
        var data = new TheoryData<int>();
        for (int i = 0; i < All().Count(); i++)
            data.Add(i);
        return data;
    }

    public static CourseOracle Number(int i) => All().ElementAt(i);

    public IActivation Activation => MlNetShallowNet.Activation.ByName(_case.GetProperty("activation").GetString()!);

    public double L2 => _case.GetProperty("l2").GetDouble();

    public double Rate => _case.GetProperty("rate").GetDouble();

    public int Steps => _case.GetProperty("steps").GetInt32();

    public Matrix<double> X => ToMatrix(_case.GetProperty("X"));

    public Matrix<double> Y => ToMatrix(_case.GetProperty("Y"));

    public Vector<double>? Weights => _case.GetProperty("w") is { ValueKind: JsonValueKind.Array } w
        ? Vector<double>.Build.DenseOfEnumerable(w.EnumerateArray().Select(v => v.GetDouble()))
        : null;

    public NetworkParameters Start => Network("start");

    public NetworkParameters End => Network("end");

    public Matrix<double> Pass(string symbol) => ToMatrix(_case.GetProperty("passes").GetProperty(symbol));

    public double J => _case.GetProperty("passes").GetProperty("J").GetDouble();

    private NetworkParameters Network(string name)
    {
        JsonElement p = _case.GetProperty(name);
        return new NetworkParameters(
            ToMatrix(p.GetProperty("W1")), ToMatrix(p.GetProperty("b1")).Column(0), ToMatrix(p.GetProperty("W2")), ToMatrix(p.GetProperty("b2"))[0, 0], Activation);
    }

    private static Matrix<double> ToMatrix(JsonElement rows) =>
        Matrix<double>.Build.DenseOfRows(rows.EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetDouble())));
}
