using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>What the activations are to each other and to their derivatives.</summary>
public class ActivationTests
{
    static double Derivative(Func<Expr, Expr> f, double x) => new Descent(w => f(w).Sum(), Sgd(1), [x]).Gradient[0];

    static double Value(Func<Expr, Expr> f, double x) => new Descent(w => f(w).Sum(), Sgd(1), [x]).Loss;

    /// <summary>tanh x = (1 − e^(−2x))/(1 + e^(−2x)) = 2σ(2x) − 1, tanh′ = 1 − tanh²; σ′ = σ(1 − σ) ≤ 1/4 with equality at 0; softplus′ = σ.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-1.7)]
    [InlineData(6)]
    [InlineData(-12)]
    public void Activations_keep_their_identities(double x)
    {
        double tanh = Value(Tanh, x), sigmoid = Value(Sigmoid, x);
        Assert.Equal((1 - Math.Exp(-2 * x)) / (1 + Math.Exp(-2 * x)), tanh, 3e-16);
        Assert.Equal(2 * Value(Sigmoid, 2 * x) - 1, tanh, 3e-16);
        Assert.Equal(1 - tanh * tanh, Derivative(Tanh, x));
        Assert.Equal(sigmoid * (1 - sigmoid), Derivative(Sigmoid, x));
        Assert.True(Derivative(Sigmoid, x) <= 0.25);
        Assert.Equal(0.25, Derivative(Sigmoid, 0));
        Assert.Equal(1, sigmoid + Value(Sigmoid, -x), 2e-16);
        Assert.Equal(sigmoid, Derivative(Softplus, x));
        Assert.Equal(-tanh, Value(Tanh, -x));
    }

    /// <summary>Where there is no derivative, the convention: 0 for the rectifier and the absolute value, at both zeros.</summary>
    [Fact]
    public void At_their_kinks_rectifier_and_absolute_value_have_slope_zero()
    {
        foreach (var zero in new[] { 0.0, -0.0 })
        {
            Assert.Equal(0, Derivative(Relu, zero));
            Assert.Equal(0, Derivative(Abs, zero));
        }
        Assert.Equal(1, Derivative(Relu, double.Epsilon));
        Assert.Equal(0, Derivative(Relu, -double.Epsilon));
    }
}
