using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Why do dW and db carry 1/m, and dZ not?</summary>
internal sealed class WhyMean : Lesson
{
    public override string Name => "mean";

    public override string Question => "Why do dW2, db2, dW1, db1 carry 1/m, and dZ2, dZ1 not?";

    public override void Answer(Subject subject, Page page)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y, _, _, _) = subject;
        int m = X.ColumnCount;
        ForwardPass forward = TextbookNetwork.Forward(network, X);
        BackwardPass ofL = TextbookNetwork.Backward(network, X, Y, forward);

        // The same equations with the division at the other end: dZ as the derivative of J.
        Matrix<double> dZ2 = (forward.A2 - Y) / m;
        Matrix<double> dW2 = dZ2 * forward.A1.Transpose();
        Matrix<double> dZ1 = (network.W2.Transpose() * dZ2).PointwiseMultiply(forward.Z1.Map(network.Activation.Derivative, Zeros.Include));
        Matrix<double> dW1 = dZ1 * X.Transpose();

        page.Text($"They are derivatives of different things. Each of the m = {m} examples has a loss L of its own; dZ is about L. The " +
            "cost J is the mean of the losses; a weight is shared by all examples, so dW and db are about J, and the mean brings 1/m. " +
            "One may as well write dZ as the derivative of J: then 1/m stands in dZ2, flows down, and must not be put in again:");
        string Largest(Matrix<double> v) => Page.Number(v.Enumerate().Max(Math.Abs));
        page.Table(["largest element of", "dZ of L, dW = dZ Aᵀ / m", "dZ of J, dW = dZ Aᵀ"],
        [
            ["dZ2", Largest(ofL.dZ2), Largest(dZ2)],
            ["dW2", Largest(ofL.dW2), Largest(dW2)],
            ["dZ1", Largest(ofL.dZ1), Largest(dZ1)],
            ["dW1", Largest(ofL.dW1), Largest(dW1)],
        ]);
        double difference = Math.Max((ofL.dW2 - dW2).Enumerate().Max(Math.Abs), (ofL.dW1 - dW1).Enumerate().Max(Math.Abs));
        page.Text($"dZ differs by the factor m, dW2 and dW1 by at most {Page.Error(difference)}. With 1/m in neither place dW is m " +
            "times too long, with 1/m in both m times too short. Moving the weights and watching J tells which is right:");
        double measured = GradientCheck.Run(network, X, Y)["W2"].NumericalNorm;
        page.Table(["", "length of dW2"],
        [
            ["1/m once", Page.Number(ofL.dW2.FrobeniusNorm())],
            ["1/m nowhere", Page.Number(ofL.dW2.FrobeniusNorm() * m)],
            ["1/m twice", Page.Number(ofL.dW2.FrobeniusNorm() / m)],
            ["measured", Page.Number(measured)],
        ]);
    }
}
