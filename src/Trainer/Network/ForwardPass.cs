using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>What the forward pass computes on m examples, a column each: the values of both layers before and after their activation.</summary>
/// <param name="Z1">Z1 = W1 X + b1, H x m.</param>
/// <param name="A1">A1 = g(Z1), H x m.</param>
/// <param name="Z2">Z2 = W2 A1 + b2, 1 x m: the score, the log-odds of a yes.</param>
/// <param name="A2">A2 = sigmoid(Z2), 1 x m: the probability of a yes.</param>
public sealed record ForwardPass(Matrix<double> Z1, Matrix<double> A1, Matrix<double> Z2, Matrix<double> A2);
