using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

#pragma warning disable IDE1006 // The course's own symbols: X, Y, W1.

/// <summary>
/// One forward and one backward pass with nothing hidden: every symbol in the order in which it is computed, its formula, its shape and
/// its numbers.
/// </summary>
/// <example>
/// <code>
/// ShallowNetworkModelParameters model = trained.Model;
/// var trace = BackpropagationTrace.Run(model.ToNetworkParameters(), model.Columns([5.1f, 3.5f]), label: true);
/// foreach (TraceStep step in trace.Steps)
///     Console.WriteLine($"{step.Symbol} ({step.Shape}) = {step.Formula}");
/// double z2 = trace["Z2"].Value[0, 0];
/// </code>
/// </example>
public sealed class BackpropagationTrace
{
    private BackpropagationTrace(NetworkParameters network, ForwardPass forward, BackwardPass backward, IReadOnlyList<TraceStep> steps) =>
        (Network, Forward, Backward, Steps) = (network, forward, backward, steps);

    /// <summary>The network that was traced.</summary>
    public NetworkParameters Network { get; }

    /// <summary>What the forward pass computed.</summary>
    public ForwardPass Forward { get; }

    /// <summary>What the backward pass computed.</summary>
    public BackwardPass Backward { get; }

    /// <summary>The symbols, from X to db1, in the order of their computation.</summary>
    public IReadOnlyList<TraceStep> Steps { get; }

    /// <summary>The step of a symbol: X, Y, w (where examples have weights), W1, b1, Z1, A1, W2, b2, Z2, A2, L, J, dZ2, dW2, db2, dA1,
    /// g'(Z1), dZ1, dW1 or db1.</summary>
    /// <exception cref="ArgumentException">There is no such symbol.</exception>
    public TraceStep this[string symbol] => Steps.FirstOrDefault(s => s.Symbol == symbol) ?? throw new ArgumentException(
        $"There is no symbol '{symbol}' in the trace; there are {string.Join(", ", Steps.Select(s => s.Symbol))}.");

    /// <summary>Traces one example.</summary>
    /// <param name="network">The network, D features.</param>
    /// <param name="features">The example's D features.</param>
    /// <param name="label">Whether it is a yes.</param>
    public static BackpropagationTrace Run(NetworkParameters network, IReadOnlyList<double> features, bool label)
    {
        ArgumentNullException.ThrowIfNull(features);
        return Run(network, Matrix<double>.Build.Dense(features.Count, 1, [.. features]), Matrix<double>.Build.Dense(1, 1, label ? 1 : 0));
    }

    /// <summary>Traces a batch.</summary>
    /// <param name="network">The network, D features.</param>
    /// <param name="X">The examples, D x m.</param>
    /// <param name="Y">Their labels, 1 x m, each 0 or 1.</param>
    /// <param name="weights">w, a weight for each example; null where each counts once.</param>
    /// <param name="l2">The strength of the penalty on W1 and W2.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static BackpropagationTrace Run(
        NetworkParameters network, Matrix<double> X, Matrix<double> Y, Vector<double>? weights = null, double l2 = 0)
    {
        Examples.Check(network, X, Y, weights);
        ForwardPass forward = TextbookNetwork.Forward(network, X);
        BackwardPass backward = TextbookNetwork.Backward(network, X, Y, forward, weights, l2);
        string g = network.Activation.Name;
        string Of(string dZ, string input, string W) =>
            (weights is null ? $"{dZ} {input} / m" : $"{dZ} diag(w) {input} / sum(w)") + (l2 == 0 ? "" : $" + l2 {W}");
        string Shapes(string dZ, string input, string W) =>
            (weights is null ? $"{dZ} {input}" : $"{dZ} (m x m) {input}") + (l2 == 0 ? "" : $" + {W}");
        string Sum(string dZ) => weights is null ? $"sum over the examples of {dZ} / m" : $"sum over the examples of w {dZ} / sum(w)";
        Matrix<double> Scalar(double value) => Matrix<double>.Build.Dense(1, 1, value);

        IReadOnlyList<TraceStep> steps =
        [
            new("X", "given", "(D x m)", "the examples, a column each", X),
            new("Y", "given", "(1 x m)", "their labels, 1 for a yes", Y),
            .. weights is null ? Array.Empty<TraceStep>()
                : [new("w", "given", "(1 x m)", "how many times each example counts", weights.ToRowMatrix())],
            new("W1", "given", "(H x D)", "the weights of the hidden layer, a row per unit", network.W1),
            new("b1", "given", "(H x 1)", "its biases", network.B1.ToColumnMatrix()),
            new("Z1", "W1 X + b1", "(H x D) (D x m) + (H x 1)", "what each hidden unit adds up", forward.Z1),
            new("A1", "g(Z1)", "(H x m)", $"what it answers, g being {g}", forward.A1),
            new("W2", "given", "(1 x H)", "the weights of the output unit", network.W2),
            new("b2", "given", "(1 x 1)", "its bias", Scalar(network.B2)),
            new("Z2", "W2 A1 + b2", "(1 x H) (H x m) + (1 x 1)", "the score: log-odds of a yes", forward.Z2),
            new("A2", "sigmoid(Z2)", "(1 x m)", "the probability of a yes", forward.A2),
            new("L", "-(Y log A2 + (1 - Y) log(1 - A2))", "(1 x m)", "the loss of each example", TextbookNetwork.Losses(forward, Y)),
            new("J",
                (weights is null ? "sum of L / m" : "sum of w L / sum(w)") + (l2 == 0 ? "" : " + l2 / 2 (sum of W1² + sum of W2²)"),
                "(1 x 1)", $"the cost: their {(weights is null ? "" : "weighted ")}mean{(l2 == 0 ? "" : ", and the penalty")}", Scalar(TextbookNetwork.Cost(network, X, Y, weights, l2))),
            new("dZ2", "A2 - Y", "(1 x m)", "how each loss moves with its z2", backward.dZ2),
            new("dW2", Of("dZ2", "A1ᵀ", "W2"), Shapes("(1 x m)", "(m x H)", "(1 x H)"), "how the cost moves with W2", backward.dW2),
            new("db2", Sum("dZ2"), "(1 x 1)", "how the cost moves with b2", Scalar(backward.db2)),
            new("dA1", "W2ᵀ dZ2", "(H x 1) (1 x m)", "how each loss moves with its a1", network.W2.Transpose() * backward.dZ2),
            new("g'(Z1)", Slope(g), "(H x m)", "how each a1 moves with its z1",
                forward.Z1.Map(network.Activation.Derivative, Zeros.Include)),
            new("dZ1", "dA1 * g'(Z1)", "(H x m) * (H x m)", "how each loss moves with its z1", backward.dZ1),
            new("dW1", Of("dZ1", "Xᵀ", "W1"), Shapes("(H x m)", "(m x D)", "(H x D)"), "how the cost moves with W1", backward.dW1),
            new("db1", Sum("dZ1"), "(H x 1)", "how the cost moves with b1", backward.db1.ToColumnMatrix()),
        ];
        return new BackpropagationTrace(network, forward, backward, steps);
    }

    private static string Slope(string activation) => activation switch
    {
        "tanh" => "1 - A1²",
        "sigmoid" => "A1 (1 - A1)",
        "relu" => "1 where Z1 > 0, else 0",
        "softplus" => "sigmoid(Z1)",
        "identity" => "1",
        _ => $"the derivative of {activation} at Z1",
    };
}
