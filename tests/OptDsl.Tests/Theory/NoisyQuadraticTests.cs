using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>
/// Stochastic descent on h/2·(w − x)² with x normal around the minimum 0: the gradient h·(w − x) has the covariance Σ = h²·σ².
/// Each coordinate is a trial of its own, so one run is hundreds of them. Seeds are fixed; an interval is 4.5 standard errors.
/// </summary>
public class NoisyQuadraticTests
{
    const int Trials = 400;

    static double[] Normal(int step, int count) => [.. Enumerable.Range(0, count).Select(i => new Philox(1, (ulong)step).Normal((ulong)i))];

    /// <summary>The stationary gap: lr·σ²/(B·(2 − lr))/2, with curvature 1 and σ = 1. The relative standard error of a mean square is √(2/trials).</summary>
    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.1, 1)]
    [InlineData(0.4, 4)]
    [InlineData(1, 2)]
    public void The_noise_floor_is_proportional_to_the_rate_and_to_one_over_the_batch(double lr, int batch)
    {
        var run = new Descent(w => 0.5 * Square(w - Input(Trials, "x")).Sum(), Sgd(lr), new double[Trials]);
        for (var k = 0; k < 60; k++) run.Step(batch, ("x", Normal(k, batch * Trials)));
        var floor = lr / (batch * (2 - lr)) / 2;
        Assert.InRange(run.At.Sum(w => w * w / 2) / Trials / floor, 1 - 4.5 * Math.Sqrt(2.0 / Trials), 1 + 4.5 * Math.Sqrt(2.0 / Trials));
    }

    /// <summary>
    /// The rule is linear in the noise, so its expectation over all noise is a sum over steps j of squared answers to a unit
    /// at step j alone, one coordinate each: E[mean_k²]/σ² = Σ (1 − (1 − lr·h)^i)²/k² over i = 1 … k, exactly.
    /// </summary>
    [Theory]
    [InlineData(0.15)]
    [InlineData(0.5)]
    [InlineData(1.7)]
    public void The_expected_gap_of_the_mean_is_its_closed_form_and_one_over_k_in_the_limit(double lr)
    {
        const int steps = 256;
        var run = new Descent(w => 0.5 * Square(w - Input(steps, "x")).Sum(), Sgd(lr).Then(PolyakAverage()), new double[steps]);
        for (var k = 1; k <= steps; k++)
        {
            run.Step(1, ("x", [.. Enumerable.Range(1, steps).Select(j => j == k ? 1.0 : 0)]));
            if (k % 64 != 0) continue;
            double gap = run["w/average"].Sum(answer => answer * answer), exact = Enumerable.Range(1, k).Sum(i => Math.Pow(1 - Math.Pow(1 - lr, i), 2)) / k / k;
            Assert.Equal(1, gap / exact, k * 4 * 2.3e-16);
            // What is missing to 1/k, or too much where it oscillates, is of order 1/k².
            Assert.Equal(1, k * gap, 2 / (Math.Min(lr, 2 - lr) * k));
        }
    }

    /// <summary>k·E[f(mean_k) − f*] → tr(H⁻¹Σ)/2 = Σ_i h_i·σ_i²/2 whatever the rate, also with a rate for each coordinate. https://arxiv.org/abs/1703.00788; Polyak and Juditsky 1992.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Averaged_descent_reaches_the_optimal_rate_with_and_without_preconditioning(bool preconditioned)
    {
        double[] h = [0.3, 1, 1.6], sigma = [2, 1, 0.5];
        const int n = 3 * Trials;
        // Newton's rate for each coordinate, or one for all.
        var third = Indices(n) % 3;
        Expr rates = preconditioned ? 0.5 / Where(Equal(third, 0), h[0], Where(Equal(third, 1), h[1], h[2])) : 0.5;
        var rule = Rule.Of(init: p => rates, step: (g, rate) => (rate * g, rate));
        var run = new Descent(w => 0.5 * (Input(n, "h") * Square(w - Input(n, "x"))).Sum(), rule.Then(PolyakAverage()), new double[n], ("h", [.. Enumerable.Range(0, n).Select(i => h[i % 3])]));
        double limit = h.Zip(sigma, (a, s) => a * s * s / 2).Sum(), deviation = Math.Sqrt(2 * h.Zip(sigma, (a, s) => Math.Pow(a * s * s / 2, 2)).Sum() / Trials);
        for (var k = 1; k <= 200; k++)
        {
            run.Step(1, ("x", [.. Normal(k, n).Select((z, i) => sigma[i % 3] * z)]));
            if (k is not (50 or 200)) continue;
            var gap = run["w/average"].Select((m, i) => h[i % 3] * m * m / 2).Sum() / Trials;
            // What is missing to the limit is of order 1/k², at most 2/(rate·h·k) of it.
            Assert.InRange(k * gap, limit * (1 - 2 / (0.5 * 0.3 * k)) - 4.5 * deviation, limit + 4.5 * deviation);
        }
    }
}
