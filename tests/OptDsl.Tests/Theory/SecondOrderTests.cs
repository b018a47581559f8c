using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>What curvature buys: steps divided by it, coordinate by coordinate, against plain descent.</summary>
public class SecondOrderTests
{
    /// <summary>Newton's step with L·I in place of the curvature is gradient descent at 1/L.</summary>
    [Fact]
    public void Descent_is_Newtons_step_with_one_curvature_for_all_bitwise()
    {
        const double L = 4;
        Expr F(Expr w) => (Softplus(w) + Square(w)).Sum();
        double[][] newton = new Descent(F, Rule.Of(g => g / (L * Where(Less(Indices(3), 9), 1, 0))), [3, -1, 0.5]).Walk(20), descent = new Descent(F, Sgd(1 / L), [3, -1, 0.5]).Walk(20);
        Assert.Equal(descent, newton);
    }

    /// <summary>On Σ a·√(1 + w²) Newton takes w to −w³ whatever a: as many steps at κ = 10⁸ as at 1, where descent needs κ times as many.</summary>
    [Fact]
    public void The_number_of_Newtons_steps_does_not_depend_on_the_condition_number()
    {
        int Steps(double kappa, Func<Expr, Rule> rule)
        {
            Expr a = Where(Equal(Indices(2), 0), 1, kappa);
            var run = new Descent(w => (a * (Sqrt(1 + Square(w)) - 1)).Sum(), rule(a), [0.5, 0.5]);
            for (var k = 0; ; k++)
            {
                if (run.At.All(w => Math.Abs(w) < 1e-6)) return k;
                run.Step();
            }
        }
        Rule Newton(Expr a) => Rule.Of(g => g * Pow(Sqrt(1 + Square(Param)), 3) / a);
        // 0.5 to the 3, to the 9, to the 27.
        Assert.All(new[] { 1, 1e2, 1e4, 1e6, 1e8 }, kappa => Assert.Equal(3, Steps(kappa, Newton)));
        Assert.InRange(Steps(160, _ => Sgd(1.0 / 160)) / (double)Steps(10, _ => Sgd(1.0 / 10)), 0.9 * 16, 1.1 * 16);
    }

    /// <summary>
    /// Steps until the mean of all points has a gap of 0.01, on curvatures 1 and 1/κ with the gradient's covariance H/B: dividing by the
    /// curvature saves steps where it is bad and noise is small, and none where it is good or noise decides.
    /// </summary>
    [Fact]
    public void Curvature_helps_where_it_is_bad_and_the_batch_is_large()
    {
        const int trials = 400, n = 2 * trials;
        int Steps(double kappa, double batch, bool preconditioned)
        {
            double[] h = [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1 : 1 / kappa)];
            Expr curvature = Where(Equal(Indices(n) % 2, 0), 1, 1 / kappa);
            var rule = Rule.Of(g => preconditioned ? 0.5 * g / curvature : 0.5 * g).Then(PolyakAverage());
            var run = new Descent(w => 0.5 * (Input(n, "h") * Square(w - Input(n, "x"))).Sum(), rule, [.. h.Select(a => 0.3 / Math.Sqrt(a))], ("h", h));
            for (var k = 1; ; k++)
            {
                run.Step(1, ("x", [.. Enumerable.Range(0, n).Select(i => new Philox(1, (ulong)k).Normal((ulong)i) / Math.Sqrt(h[i] * batch))]));
                if (run["w/average"].Select((m, i) => h[i] * m * m / 2).Sum() / trials <= 0.01) return k;
            }
        }
        double Saved(double kappa, double batch) => Steps(kappa, batch, false) / (double)Steps(kappa, batch, true);
        Assert.Equal(1, Saved(1, 1));
        Assert.Equal(1, Saved(1, 1e6));
        Assert.True(Saved(9, 1e6) > 4);
        // The gap has a standard error of 5 %, and the steps have it too.
        Assert.InRange(Saved(9, 1), 0.75, 1.25);
    }
}
