namespace MlNetShallowNet.Engine;

/// <summary>g and g' along a row of numbers in double precision: vectorised for the course's three activations, number by number for the others.</summary>
internal readonly struct HiddenActivation(IActivation activation)
{
    /// <summary>A1 = g(Z1).</summary>
    public void Values(ReadOnlySpan<double> Z1, Span<double> A1)
    {
        if (activation == Activation.Tanh)
            TensorPrimitives.Tanh(Z1, A1);
        else if (activation == Activation.Sigmoid)
            TensorPrimitives.Sigmoid(Z1, A1);
        else if (activation == Activation.ReLU)
            TensorPrimitives.Max(Z1, 0, A1);
        else
        {
            for (int i = 0; i < Z1.Length; i++)
                A1[i] = activation.Value(Z1[i]);
        }
    }

    /// <summary>g'(Z1), from A1 where that is enough; may overwrite Z1.</summary>
    public void Derivatives(ReadOnlySpan<double> Z1, ReadOnlySpan<double> A1, Span<double> derivatives)
    {
        if (activation == Activation.Tanh)
        {
            TensorPrimitives.Multiply(A1, A1, derivatives);
            TensorPrimitives.Subtract(1, derivatives, derivatives);
        }
        else if (activation == Activation.Sigmoid)
        {
            TensorPrimitives.Subtract(1, A1, derivatives);
            TensorPrimitives.Multiply(A1, derivatives, derivatives);
        }
        else
        {
            for (int i = 0; i < Z1.Length; i++)
                derivatives[i] = activation.Derivative(Z1[i]);
        }
    }
}
