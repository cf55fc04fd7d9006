namespace MlNetShallowNet;

/// <summary>
/// The activation g of the hidden layer, A1 = g(Z1), with its derivative g'. Implement it to train with a function of your own, and
/// call <see cref="Activation.Register"/> once per process so that saved models which name it can be loaded again.
/// </summary>
/// <remarks>Implementations must be stateless and thread-safe: the trainer calls them from several threads.</remarks>
public interface IActivation
{
    /// <summary>The name that a saved model keeps, for example <c>tanh</c>: letters, digits, '-', '_', '.' and parentheses.</summary>
    string Name { get; }

    /// <summary>g(z), element by element.</summary>
    double Value(double z);

    /// <summary>g'(z), element by element: the second factor of dZ1 = W2ᵀ dZ2 * g'(Z1).</summary>
    double Derivative(double z);
}
