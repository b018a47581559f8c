using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>
/// Momentum at its best on quadratics with curvatures between mu and L: rate 4/(√L + √mu)², momentum ((√κ − 1)/(√κ + 1))², κ = L/mu.
/// Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
/// </summary>
public class HeavyBallTests
{
    const double Mu = 0.5, L = 50;

    static readonly double root = (Math.Sqrt(L / Mu) - 1) / (Math.Sqrt(L / Mu) + 1), beta = root * root, lr = 4 / Math.Pow(Math.Sqrt(L) + Math.Sqrt(Mu), 2);

    static double[] Walk(double curvature, int steps) =>
        [.. new Descent(w => (0.5 * curvature * Square(w)).Sum(), Momentum(lr, beta), [1]).Walk(steps).Select(w => w[0])];

    /// <summary>Both eigenvalues of w_{k+1} = t·w_k − beta·w_{k−1} are ±√beta: w_k = r^k·(1 + (w_1/r − 1)·k).</summary>
    [Theory]
    [InlineData(Mu, 1)]
    [InlineData(L, -1)]
    public void At_both_ends_the_spectral_radius_is_the_root_of_the_momentum(double curvature, int sign)
    {
        Assert.Equal(0.81818181818181823, root);
        double r = sign * root;
        var w = Walk(curvature, 200);
        for (var k = 0; k <= 200; k++)
        {
            // A double eigenvalue makes (k − j)·r^(k − j) of what step j rounds off r^j·(1 + c·j): k³ in the end.
            var exact = Math.Pow(r, k) * (1 + (w[1] / r - 1) * k);
            Assert.Equal(exact, w[k], Math.Pow(k + 1, 3) * 1e-15 * Math.Pow(root, k));
        }
        // The kth root of what is left after the factor 1 + c·k.
        Assert.Equal(root, Math.Pow(Math.Abs(w[200]) / Math.Abs(1 + (w[1] / r - 1) * 200), 1 / 200.0), 1e-12);
    }

    /// <summary>Between the ends the eigenvalues are complex of modulus √beta: w_k² − t·w_k·w_{k−1} + beta·w_{k−1}² shrinks by beta exactly each step.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(49)]
    public void Between_the_ends_every_curvature_contracts_by_the_same_root(double curvature)
    {
        var t = 1 + beta - lr * curvature;
        var w = Walk(curvature, 200);
        double Form(int k) => w[k] * w[k] - t * w[k] * w[k - 1] + beta * w[k - 1] * w[k - 1];
        for (var k = 2; k <= 200; k++) Assert.Equal(1, Form(k) / (Math.Pow(beta, k - 1) * Form(1)), k * 1e-13);
    }

    /// <summary>Gradient descent at its best rate 2/(L + mu) needs κ times a constant, the heavy ball √κ times one.</summary>
    [Fact]
    public void The_number_of_steps_grows_with_the_condition_number_and_with_its_root()
    {
        double[] descent = [.. new[] { 100.0, 1600 }.Select(k => (double)Steps(k, Sgd(2 / (k + 1))))];
        double[] heavy = [.. new[] { 100.0, 1600 }.Select(k => (double)Steps(k, Momentum(4 / Math.Pow(Math.Sqrt(k) + 1, 2), Math.Pow((Math.Sqrt(k) - 1) / (Math.Sqrt(k) + 1), 2))))];
        // ((κ − 1)/(κ + 1))^(2k) = 1e-6 at k = κ/4·ln 1e6 and less.
        Assert.InRange(descent[0], 0.99 * 100 / 4 * Math.Log(1e6), 100 / 4 * Math.Log(1e6) + 1);
        Assert.InRange(descent[1] / descent[0], 0.95 * 16, 1.05 * 16);
        // √κ, and the double eigenvalue's factor k adds a logarithm.
        Assert.InRange(heavy[1] / heavy[0], 0.95 * 4, 1.35 * 4);
        Assert.True(heavy[0] < descent[0] / 4 && heavy[1] < descent[1] / 15);
    }

    static int Steps(double kappa, Rule rule)
    {
        var run = new Descent(w => (0.5 * Square(w.Slice(0, 1)) + 0.5 * kappa * Square(w.Slice(1, 1))).Sum(), rule, [1, 1 / Math.Sqrt(kappa)]);
        var first = run.Loss;
        for (var k = 0; ; k++)
            if (run.Step() <= 1e-6 * first) return k;
    }
}
