using System.Collections.Concurrent;
using MlNetShallowNet.Network;

namespace MlNetShallowNet;

/// <summary>The activations that the library brings, and the register of names by which saved models find them.</summary>
public static class Activation
{
    private static readonly ConcurrentDictionary<string, IActivation> _byName = new(StringComparer.OrdinalIgnoreCase);

    static Activation()
    {
        foreach (IActivation activation in BuiltIn)
            _byName[activation.Name] = activation;
    }

    /// <summary>Hyperbolic tangent: g' = 1 - a². The course's choice for the hidden layer.</summary>
    public static IActivation Tanh { get; } = new Tanh();

    /// <summary>Logistic sigmoid: g' = a (1 - a).</summary>
    public static IActivation Sigmoid { get; } = new Sigmoid();

    /// <summary>Rectified linear unit, max(0, z): g' = 1 for z &gt; 0, else 0 (0 at z = 0).</summary>
    public static IActivation ReLU { get; } = new ReLU();

    /// <summary>Leaky rectified linear unit: z for z &gt; 0, else 0.01 z.</summary>
    public static IActivation LeakyReLU { get; } = new LeakyReLU();

    /// <summary>Exponential linear unit: z for z &gt; 0, else e^z - 1.</summary>
    public static IActivation Elu { get; } = new Elu();

    /// <summary>Gaussian error linear unit: z Φ(z), with Φ the normal distribution function (exact, not the tanh approximation).</summary>
    public static IActivation Gelu { get; } = new Gelu();

    /// <summary>Sigmoid linear unit (swish): z sigmoid(z).</summary>
    public static IActivation SiLU { get; } = new SiLU();

    /// <summary>Softplus: log(1 + e^z), whose derivative is the sigmoid.</summary>
    public static IActivation Softplus { get; } = new Softplus();

    /// <summary>Identity, g(z) = z: the network is then logistic regression in disguise.</summary>
    public static IActivation Identity { get; } = new Identity();

    /// <summary>All activations of the library, in the order in which documentation lists them.</summary>
    public static IReadOnlyList<IActivation> BuiltIn { get; } =
        [Tanh, Sigmoid, ReLU, LeakyReLU, Elu, Gelu, SiLU, Softplus, Identity];

    /// <summary>Makes the user's own activation known by its name, so that models saved with it can be loaded.</summary>
    /// <param name="activation">The activation; a second registration under the same name replaces the first.</param>
    /// <exception cref="ArgumentException">The name is empty, holds other characters than those that
    /// <see cref="IActivation.Name"/> allows, or is that of a built-in activation.</exception>
    public static void Register(IActivation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        CheckName(activation);
        if (BuiltIn.Any(b => string.Equals(b.Name, activation.Name, StringComparison.OrdinalIgnoreCase) && b != activation))
            throw new ArgumentException($"The name '{activation.Name}' belongs to a built-in activation. Give yours another name.");
        _byName[activation.Name] = activation;
    }

    /// <summary>The activation of this name (upper or lower case), built in or registered.</summary>
    /// <exception cref="ArgumentException">No activation of this name is known; the message lists those that are.</exception>
    public static IActivation ByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byName.TryGetValue(name, out IActivation? activation))
            return activation;
        string known = string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal));
        throw new ArgumentException(
            $"No activation is called '{name}'; known are {known}. " +
            $"If it is one of your own, call {nameof(Activation)}.{nameof(Register)} before loading a model that uses it.");
    }

    internal static bool IsRegistered(string name) => _byName.ContainsKey(name);

    internal static void CheckName(IActivation activation)
    {
        string? name = activation.Name;
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || "-_.()".Contains(c)))
        {
            throw new ArgumentException(
                $"The activation {activation.GetType().Name} has the name '{name}'; a name is made of letters, digits, '-', '_', '.' and parentheses.");
        }
    }
}
