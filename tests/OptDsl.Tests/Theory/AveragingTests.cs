using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Averages of the points a rule comes to: what is kept step by step is what would be computed at the end. Polyak and Juditsky 1992.</summary>
public class AveragingTests
{
    static readonly double[] start = [1, -3];

    static Descent Run(Rule rule) => new(w => (0.5 * Square(w - 0.25)).Sum(), rule, start);

    /// <summary>mean_k = ((k − 1)·mean_{k−1} + w_k)/k, against the mean of the list.</summary>
    [Fact]
    public void The_running_mean_is_the_mean_of_all_points()
    {
        var run = Run(Sgd(0.1).Then(PolyakAverage()));
        var points = new List<double[]>();
        for (var k = 1; k <= 300; k++)
        {
            run.Step();
            points.Add(run.At);
            // Each step rounds the mean by an ulp or two.
            for (var i = 0; i < 2; i++) Assert.Equal(points.Average(p => p[i]), run["w/average"][i], k * 3 * 2.3e-16);
        }
    }

    /// <summary>b^k·w_0 + Σ (1 − b)·b^(k − i)·w_i; with powers of two nothing rounds.</summary>
    [Fact]
    public void The_decayed_mean_is_its_closed_form_bitwise()
    {
        var run = Run(Sgd(0.5).Then(EmaOfWeights(0.5)));
        var points = new List<double[]> { start };
        for (var k = 1; k <= 20; k++)
        {
            run.Step();
            points.Add(run.At);
            for (var j = 0; j < 2; j++)
                Assert.Equal(Math.Pow(0.5, k) * start[j] + Enumerable.Range(1, k).Sum(i => 0.5 * Math.Pow(0.5, k - i) * points[i][j]), run["w/average"][j]);
        }
    }

    /// <summary>Divided by 1 − b^k the weights (1 − b)·b^(k − i) of w_1 … w_k add up to one, and the start has none.</summary>
    [Fact]
    public void The_corrected_decayed_mean_is_its_closed_form_without_the_start()
    {
        var run = Run(Sgd(0.5).Then(EmaOfWeights(0.75, debias: true)));
        var points = new List<double[]>();
        for (var k = 1; k <= 100; k++)
        {
            run.Step();
            points.Add(run.At);
            for (var j = 0; j < 2; j++)
                Assert.Equal(Enumerable.Range(1, k).Sum(i => 0.25 * Math.Pow(0.75, k - i) * points[i - 1][j]) / (1 - Math.Pow(0.75, k)), run["w/average"][j], 10 * 2.3e-16);
        }
    }

    /// <summary>A decayed mean of the squared gradient, as of any curvature: Σ (1 − rho)·rho^(k − i)·g_i².</summary>
    [Fact]
    public void The_decayed_curvature_is_its_closed_form_bitwise()
    {
        var run = new Descent(w => (Input(1, "slope") * w).Sum(), RmsProp(0.1, 0.5), [0]);
        double[] slopes = [3, -1, 0.5, 7, -2, 1, 4, 0.25];
        for (var k = 1; k <= slopes.Length; k++)
        {
            run.Step(1, ("slope", [slopes[k - 1]]));
            Assert.Equal(Enumerable.Range(1, k).Sum(i => 0.5 * Math.Pow(0.5, k - i) * slopes[i - 1] * slopes[i - 1]), run["w/v"][0]);
        }
    }

    /// <summary>The plain mean carries the start with weight 1/k, the decayed one with b^k.</summary>
    [Fact]
    public void The_decayed_mean_forgets_the_start_faster()
    {
        Descent plain = Run(Sgd(0.1).Then(PolyakAverage())), decayed = Run(Sgd(0.1).Then(EmaOfWeights(0.9)));
        for (var k = 0; k < 300; k++)
        {
            plain.Step();
            decayed.Step();
        }
        double Far(Descent run) => Math.Abs(run["w/average"][0] - 0.25);
        Assert.True(Far(decayed) < 1e-10);
        Assert.InRange(Far(plain), 0.75 * 9 / 300 * 0.99, 0.75 * 9 / 300 * 1.01);
    }
}
