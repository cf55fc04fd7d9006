using Xunit;

namespace MlNetShallowNet.Tests.Network;

public class ActivationTests
{
    public static TheoryData<string> Names() => new(Activation.BuiltIn.Select(a => a.Name));

    /// <summary>g' against central differences. Their error is h²/6 |g'''| and rounding 2 ε |g| / h: below 1e-9 for h = 1e-5 and |z| &lt; 8.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativeIsThatOfTheValue(string name)
    {
        IActivation g = Activation.ByName(name);
        const double h = 1e-5;
        for (double z = -7.9; z < 8; z += 0.2)
        {
            double numeric = (g.Value(z + h) - g.Value(z - h)) / (2 * h);
            Assert.Equal(numeric, g.Derivative(z), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IsFiniteFarOut(string name)
    {
        IActivation g = Activation.ByName(name);
        foreach (double z in new[] { -1e4, -800, -40, 0, 40, 800, 1e4 })
        {
            Assert.True(double.IsFinite(g.Value(z)), $"g({z})");
            Assert.True(double.IsFinite(g.Derivative(z)), $"g'({z})");
        }
    }

    [Fact]
    public void KnownValues()
    {
        Assert.Equal(Math.Tanh(0.3), Activation.Tanh.Value(0.3));
        Assert.Equal(0.8413447460685429, Activation.Gelu.Value(1), 1e-15); // Φ(1)
        Assert.Equal(Math.Log(2), Activation.Softplus.Value(0), 1e-15);
        Assert.Equal(0.5, Activation.SiLU.Derivative(0), 1e-15);
        Assert.Equal(-0.02, Activation.LeakyReLU.Value(-2), 1e-15);
        Assert.Equal(Math.Exp(-1) - 1, Activation.Elu.Value(-1), 1e-15);
        Assert.Equal(0, Activation.ReLU.Derivative(0));
    }

    private sealed class Named(string name) : IActivation
    {
        public string Name => name;

        public double Value(double z) => z;

        public double Derivative(double z) => 1;
    }

    [Fact]
    public void RegisteredActivationIsFoundByName()
    {
        var own = new Named("test-own");
        Activation.Register(own);
        Assert.Same(own, Activation.ByName("TEST-OWN"));
    }

    [Fact]
    public void UnknownNameListsTheKnown()
    {
        string message = Assert.Throws<ArgumentException>(() => Activation.ByName("swoosh")).Message;
        Assert.Contains("'swoosh'", message);
        Assert.Contains("tanh", message);
        Assert.Contains("Register", message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tanh")]
    public void NamesThatCannotBeRegistered(string name) =>
        Assert.Throws<ArgumentException>(() => Activation.Register(new Named(name)));
}
