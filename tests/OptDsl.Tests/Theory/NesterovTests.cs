using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Nesterov's momentum in three spellings, and its bounds. Nesterov 1983; Introductory Lectures on Convex Optimization, 2.2; Bubeck, https://arxiv.org/abs/1405.4980, 3.7.</summary>
public class NesterovTests
{
    /// <summary>W ← W + beta·d; the gradient there; W ← W − lr·g; d ← beta·d − lr·g. The rule's w is the point where the gradient is taken.</summary>
    [Fact]
    public void The_two_step_form_and_both_one_step_forms_visit_the_same_points()
    {
        // Powers of two: nothing rounds while 12 steps' bits fit, so that equal means equal.
        const double lr = 0.25, beta = 0.5;
        double w = 1, d = 0;
        Expr Bowl(Expr x) => (0.5 * Square(x)).Sum();
        var outside = new Descent(Bowl, Momentum(lr, beta, nesterov: true), [1]).Walk(12);
        var inside = new Descent(Bowl, Nesterov(lr, beta), [1]).Walk(12);
        for (var k = 0; k <= 12; k++)
        {
            var ahead = w + beta * d;
            Assert.Equal(ahead, outside[k][0]);
            Assert.Equal(ahead, inside[k][0]);
            var g = ahead;
            w = ahead - lr * g;
            d = beta * d - lr * g;
        }
    }

    public static TheoryData<string> Convex => [.. ConvexFunctions.All.Keys];

    /// <summary>f(x_k) − f* ≤ 2·L·‖x_0 − x*‖²/(k + 1)² with the schedule of t_k.</summary>
    [Theory]
    [MemberData(nameof(Convex))]
    public void With_its_schedule_the_gap_falls_with_the_square_of_the_steps(string name)
    {
        var f = ConvexFunctions.All[name];
        var run = new Descent(f.Value, UserRules.Accelerated(1 / f.L), f.Start);
        for (var k = 1; k <= 150; k++)
        {
            run.Step();
            Assert.True(f.Gap(run["w/x"]) <= 2 * f.L * f.Distance2 / ((k + 1.0) * (k + 1)), $"step {k}");
        }
    }

    /// <summary>No better than that: after k steps on a chain of 2k + 1 springs every first-order method is 3·L·‖x_0 − x*‖²/(32·(k + 1)²) away.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public void On_the_chain_of_springs_the_bound_is_met_within_its_constant(int k)
    {
        var n = 2 * k + 1;
        var run = new Descent(w => (Square(w[0] - 1) + Square(w.Slice(1, n - 1) - w.Slice(0, n - 1)).Sum() + Square(w[n - 1])) / 8, UserRules.Accelerated(1), new double[n]);
        double[] best = [.. Enumerable.Range(1, n).Select(i => 1 - i / (n + 1.0))];
        double distance2 = best.Sum(b => b * b), least = 1.0 / (8 * (n + 1));
        for (var step = 0; step < k; step++) run.Step();
        var x = run["w/x"];
        var gap = (Math.Pow(x[0] - 1, 2) + Enumerable.Range(1, n - 1).Sum(i => Math.Pow(x[i] - x[i - 1], 2)) + x[^1] * x[^1]) / 8 - least;
        Assert.InRange(gap, 3 * distance2 / (32.0 * (k + 1) * (k + 1)), 2 * distance2 / ((k + 1.0) * (k + 1)));
    }

    /// <summary>With momentum (√κ − 1)/(√κ + 1): f(x_k) − f* ≤ (L + mu)/2·‖x_0 − x*‖²·(1 − 1/√κ)^k.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void With_strong_convexity_the_gap_falls_by_the_root_of_the_condition_number(double kappa)
    {
        double root = Math.Sqrt(kappa);
        double[] curvatures = [1, root, kappa / 2, kappa], start = [1, -2, 0.5, 1];
        var run = new Descent(w => (0.5 * Input(4, "a") * Square(w)).Sum(), Momentum(1 / kappa, (root - 1) / (root + 1), nesterov: true), start, ("a", curvatures));
        for (var k = 0; k <= 300; k++)
        {
            // x_k is where the gradient step from the point before came to; w = x_k + momentum·(x_k − x_{k−1}).
            double[] v = run["w/v"], x = [.. run.At.Select((w, i) => w + (root - 1) / (root + 1) / kappa * v[i])];
            var gap = Enumerable.Range(0, 4).Sum(i => curvatures[i] * x[i] * x[i] / 2);
            Assert.True(gap <= (kappa + 1) / 2 * start.Sum(s => s * s) * Math.Pow(1 - 1 / root, k), $"step {k}");
            run.Step();
        }
    }
}
