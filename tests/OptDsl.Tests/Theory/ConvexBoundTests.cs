using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>What convexity, smoothness L and strong convexity mu promise of gradients and of gradient descent. Nesterov, Introductory Lectures on Convex Optimization, 2.1.</summary>
public class ConvexBoundTests
{
    public static TheoryData<string> Convex => [.. ConvexFunctions.All.Keys];

    /// <summary>f(w_k) − f* ≤ ‖w_0 − w*‖²/(2·lr·k) for lr ≤ 1/L.</summary>
    [Theory]
    [MemberData(nameof(Convex))]
    public void Descent_on_a_smooth_convex_function_closes_the_gap_as_one_over_the_steps(string name)
    {
        var f = ConvexFunctions.All[name];
        foreach (var lr in new[] { 1 / f.L, 0.3 / f.L })
        {
            var path = new Descent(f.Value, Sgd(lr), f.Start).Walk(150);
            for (var k = 1; k <= 150; k++) Assert.True(f.Gap(path[k]) <= f.Distance2 / (2 * lr * k), $"rate {lr}, step {k}");
        }
    }

    /// <summary>f(w − g/L) ≤ f(w) − ‖g‖²/(2L): the step minimises the model with L·I in the Hessian's place, and the function lies below the model.</summary>
    [Theory]
    [MemberData(nameof(Convex))]
    public void A_step_of_one_over_the_smoothness_gains_what_its_quadratic_model_promises(string name)
    {
        var f = ConvexFunctions.All[name];
        var run = new Descent(f.Value, Sgd(1 / f.L), f.Start);
        for (var k = 0; k < 50; k++)
        {
            var (before, g2) = (f.Gap(run.At), run.Gradient.Sum(g => g * g));
            run.Step();
            Assert.True(f.Gap(run.At) <= (before - g2 / (2 * f.L)) * (1 + 1e-14));
        }
    }

    /// <summary>‖g(x) − g(y)‖ ≤ L·‖x − y‖, f(y) between its tangent plane and that plane + L/2·‖y − x‖², chords above the function.</summary>
    [Theory]
    [MemberData(nameof(Convex))]
    public void Between_two_points_the_function_lies_in_its_envelopes(string name)
    {
        var f = ConvexFunctions.All[name];
        var random = new Random(7);
        double[] Any() => [.. f.Start.Select(_ => 8 * random.NextDouble() - 4)];
        var run = new Descent(f.Value, Sgd(1), f.Start);
        double[] Gradient(double[] w)
        {
            run.At = w;
            return run.Gradient;
        }
        for (var pair = 0; pair < 30; pair++)
        {
            double[] x = Any(), y = Any(), gx = Gradient(x), gy = Gradient(y);
            double d2 = x.Zip(y, (a, b) => (a - b) * (a - b)).Sum(), tangent = f.Gap(x) + gx.Select((g, i) => g * (y[i] - x[i])).Sum();
            var rounding = 1e-14 * (1 + f.Gap(x) + f.Gap(y) + f.L * d2);
            Assert.True(Math.Sqrt(gx.Zip(gy, (a, b) => (a - b) * (a - b)).Sum()) <= f.L * Math.Sqrt(d2) + rounding);
            Assert.InRange(f.Gap(y), tangent - rounding, tangent + f.L / 2 * d2 + rounding);
            foreach (var t in new[] { 0.1, 0.5, 0.8 })
                Assert.True(f.Gap([.. x.Select((a, i) => t * a + (1 - t) * y[i])]) <= t * f.Gap(x) + (1 - t) * f.Gap(y) + rounding);
        }
    }

    /// <summary>f(w_k) − f* ≤ L/2·((κ − 1)/(κ + 1))^(2k)·‖w_0 − w*‖² at the rate 2/(L + mu): here f = mu/2·w² + (L − mu)·log cosh, not a quadratic.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(0.1, 10)]
    [InlineData(0.02, 1)]
    public void Descent_on_a_strongly_convex_function_never_exceeds_its_bound(double mu, double L)
    {
        double rate = (L - mu) / (L + mu), start2 = 3 * 3 + 1 + 0.25;
        double LogCosh(double x) => Math.Abs(x) < 1e-2 ? x * x / 2 - Math.Pow(x, 4) / 12 : Math.Log(Math.Cosh(x));
        Expr F(Expr w) => (mu / 2 * Square(w) + (L - mu) * (Softplus(2 * w) - w - Math.Log(2))).Sum();
        var path = new Descent(F, Sgd(2 / (L + mu)), [3, -1, 0.5]).Walk(100);
        for (var k = 0; k <= 100; k++)
        {
            var gap = path[k].Sum(x => mu / 2 * x * x + (L - mu) * LogCosh(x));
            Assert.True(gap <= L / 2 * Math.Pow(rate, 2 * k) * start2, $"step {k}: {gap}");
        }
        // Linear convergence, f_k − f* ≤ R^k·(f_0 − f*): the R that fits best is no larger than the theory's. Below w = 1e-8 a gradient's rounding shows.
        double[] logs = [.. path.Select(w => w.Sum(x => mu / 2 * x * x + (L - mu) * LogCosh(x))).TakeWhile(gap => gap > 1e-16).Select(gap => Math.Log(gap))], k0 = [.. logs.Select((_, k) => k - (logs.Length - 1) / 2.0)];
        Assert.InRange(Math.Exp(k0.Zip(logs, (k, l) => k * l).Sum() / k0.Sum(k => k * k)), 0, rate * rate * (1 + 1e-7));
    }

    /// <summary>With curvatures mu = 1 and L = 3 alone the factor is ±1/2 in both directions, and nothing rounds: equality to the bit.</summary>
    [Fact]
    public void On_two_eigenvalues_the_bound_is_met_bitwise()
    {
        Expr F(Expr w) => 0.5 * Square(w[0]) + 1.5 * Square(w[1]);
        var (steep, both) = (new Descent(F, Sgd(0.5), [0, 1]), new Descent(F, Sgd(0.5), [1, 1]));
        for (var k = 0; k <= 200; k++)
        {
            Assert.Equal(3 / 2.0 * Math.Pow(0.5, 2 * k), steep.Loss);
            Assert.Equal([Math.Pow(0.5, k), Math.Pow(-0.5, k)], both.At);
            steep.Step();
            both.Step();
        }
    }

    /// <summary>|f(x) − f(y)| ≤ L·|x − y| with the largest slope L; the worst pair shows that L is needed.</summary>
    [Fact]
    public void Functions_do_not_rise_faster_than_their_largest_slope()
    {
        (Func<Expr, Expr> F, double L)[] functions = [(Sigmoid, 0.25), (Tanh, 1), (Softplus, 1), (Relu, 1), (Abs, 1), (Sin, 1), (x => Sqrt(1 + Square(x)), 1)];
        foreach (var (f, l) in functions)
        {
            double Value(double x) => new Descent(w => f(w).Sum(), Sgd(1), [x]).Loss;
            double[] at = [-30, -2, -0.5, -0.01, 0, 0.01, 0.3, 1, 7, 40], values = [.. at.Select(Value)];
            for (var i = 0; i < at.Length; i++)
                for (var j = 0; j < i; j++) Assert.True(Math.Abs(values[i] - values[j]) <= l * (at[i] - at[j]) * (1 + 1e-15));
            double[] slopes = [.. Enumerable.Range(1, at.Length - 1).Select(i => Math.Abs(values[i] - values[i - 1]) / (at[i] - at[i - 1]))];
            Assert.True(slopes.Max() > 0.96 * l);
        }
    }

    /// <summary>Near a minimum of any smooth function the error shrinks by 1 − lr·f″: the best rate is 1/f″, above 2/f″ it leaves.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2.5)]
    public void Near_a_minimum_the_curvature_there_decides(double part)
    {
        // w − log w has its minimum at 1, curvature 1, third derivative −2.
        var path = new Descent(w => (w - Log(w)).Sum(), Sgd(part), [1 + 1e-5]).Walk(1);
        Assert.Equal(1 - part, (path[1][0] - 1) / (path[0][0] - 1), 2e-5 * part);
    }
}
