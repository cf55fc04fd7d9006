using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

#pragma warning disable IDE1006 // The course's own symbols: dZ2, db1.

/// <summary>
/// What the backward pass computes. A dZ is the derivative of one example's loss L, a dW or db that of the mean J: there, and only there,
/// stands the division by m.
/// </summary>
/// <param name="dZ2">dZ2 = A2 - Y, 1 x m.</param>
/// <param name="dW2">dW2 = dZ2 A1ᵀ / m, 1 x H.</param>
/// <param name="db2">db2 = the sum of dZ2 / m, 1 x 1.</param>
/// <param name="dZ1">dZ1 = W2ᵀ dZ2 * g'(Z1), the star element by element, H x m.</param>
/// <param name="dW1">dW1 = dZ1 Xᵀ / m, H x D.</param>
/// <param name="db1">db1 = the row sums of dZ1 / m, H x 1.</param>
public sealed record BackwardPass(
    Matrix<double> dZ2, Matrix<double> dW2, double db2, Matrix<double> dZ1, Matrix<double> dW1, Vector<double> db1);
