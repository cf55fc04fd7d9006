using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Explain;

public class BackpropagationTraceTests
{
    [Fact]
    public void Every_symbol_equals_NumPys()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Explain", "oracle", "backprop.json");
        using JsonDocument oracle = JsonDocument.Parse(File.ReadAllText(path));
        int compared = 0, weighted = 0;
        foreach (JsonElement one in oracle.RootElement.GetProperty("cases").EnumerateArray())
        {
            JsonElement symbols = one.GetProperty("symbols");
            Matrix<double> Value(string symbol) => ToMatrix(symbols.GetProperty(symbol));
            IActivation g = Activation.ByName(one.GetProperty("activation").GetString()!);
            var network = new NetworkParameters(Value("W1"), Value("b1").Column(0), Value("W2"), Value("b2")[0, 0], g);
            JsonElement w = one.GetProperty("weights");
            Vector<double>? weights = w.ValueKind == JsonValueKind.Null
                ? null
                : Vector<double>.Build.DenseOfEnumerable(w.EnumerateArray().Select(v => v.GetDouble()));
            double l2 = one.GetProperty("l2").GetDouble();
            BackpropagationTrace trace = BackpropagationTrace.Run(network, Value("X"), Value("Y"), weights, l2);
            IEnumerable<string> names = symbols.EnumerateObject().Select(s => s.Name);
            Assert.Equal((weights is null ? names : names.Append("w")).Order(), trace.Steps.Select(s => s.Symbol).Order());
            weighted += weights is null ? 0 : 1;
            foreach (TraceStep step in trace.Steps)
            {
                Matrix<double> expected = step.Symbol == "w" ? weights!.ToRowMatrix() : Value(step.Symbol);
                Assert.Equal((expected.RowCount, expected.ColumnCount), (step.Value.RowCount, step.Value.ColumnCount));
                double largest = Math.Max(1, expected.Enumerate().Max(Math.Abs));
                Assert.True((expected - step.Value).Enumerate().Max(Math.Abs) <= 1e-13 * largest, step.Symbol);
                compared++;
            }
        }

        Assert.True(weighted > 0);
        Assert.Equal(9 * 20 + weighted, compared);
    }

    [Fact]
    public void One_example_is_a_batch_of_one()
    {
        (NetworkParameters network, Matrix<double> X, _) = RandomNetworks.Draw(Activation.SiLU);
        BackpropagationTrace one = BackpropagationTrace.Run(network, X.Column(3).ToArray(), label: true);
        Assert.Equal(TextbookNetwork.Forward(network, X).Z2[0, 3], one["Z2"].Value[0, 0], 1e-15);
        Assert.Equal(one["A2"].Value[0, 0] - 1, one["dZ2"].Value[0, 0]);
        Assert.Equal("4 x 1", one["dZ1"].Shape);
        Assert.Throws<ArgumentException>(() => one["dZ3"]);
        Assert.Throws<ArgumentException>(() => BackpropagationTrace.Run(network, [1], label: true));
    }

    [Theory]
    [InlineData(false, 0, "dZ1 Xᵀ / m", "sum of L / m")]
    [InlineData(true, 0, "dZ1 diag(w) Xᵀ / sum(w)", "sum of w L / sum(w)")]
    [InlineData(false, 0.5, "dZ1 Xᵀ / m + l2 W1", "sum of L / m + l2 / 2 (sum of W1² + sum of W2²)")]
    public void Formulas_name_the_weights_and_the_penalty_where_there_are_any(bool weighted, double l2, string dW1, string J)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh);
        BackpropagationTrace trace = BackpropagationTrace.Run(network, X, Y, weighted ? Vector<double>.Build.Dense(25, 2) : null, l2);
        Assert.Equal((dW1, J), (trace["dW1"].Formula, trace["J"].Formula));
    }

    [Fact]
    public void Shapes_of_a_formula_multiply_to_the_symbols_own()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh);
        Vector<double> w = Vector<double>.Build.Dense(X.ColumnCount, i => 1 + i % 3);
        BackpropagationTrace trace = BackpropagationTrace.Run(network, X, Y, w, 0.1);
        foreach (string symbol in (string[])["Z1", "Z2", "dW2", "dA1", "dW1"])
        {
            string shapes = trace[symbol].Shapes.Replace("H", $"{network.HiddenUnits}").Replace("D", $"{network.FeatureCount}")
                .Replace("m", $"{X.ColumnCount}");
            int[][] factors = [.. shapes.Split(" + ")[0].Split(") (").Select(f => f.Trim('(', ')').Split(" x ").Select(int.Parse).ToArray())];
            Assert.All(factors.Zip(factors.Skip(1)), pair => Assert.Equal(pair.First[1], pair.Second[0]));
            Assert.Equal(trace[symbol].Shape, $"{factors[0][0]} x {factors[^1][1]}");
        }

        Assert.Equal(3, trace["dW1"].Shapes.Split(" + ")[0].Split(") (").Length); // dZ1 diag(w) Xᵀ
    }

    private static Matrix<double> ToMatrix(JsonElement rows) => Matrix<double>.Build.DenseOfRows(
        rows.EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetDouble())));
}
