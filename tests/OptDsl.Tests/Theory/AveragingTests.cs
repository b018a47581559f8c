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
        var run = Run(Sgd(0.1).Averaged());
        var points = new List<double[]>();
        for (var k = 1; k <= 300; k++)
        {
            run.Step();
            points.Add(run.At);
            // Each step rounds the mean by an ulp or two.
            for (var i = 0; i < 2; i++) Assert.Equal(points.Average(p => p[i]), run["w/mean"][i], k * 3 * 2.3e-16);
        }
    }

    /// <summary>b^k·w_0 + Σ (1 − b)·b^(k − i)·w_i; with powers of two nothing rounds.</summary>
    [Fact]
    public void The_decayed_mean_is_its_closed_form_bitwise()
    {
        var run = Run(Sgd(0.5).Decayed(0.5));
        var points = new List<double[]> { start };
        for (var k = 1; k <= 20; k++)
        {
            run.Step();
            points.Add(run.At);
            for (var j = 0; j < 2; j++)
                Assert.Equal(Math.Pow(0.5, k) * start[j] + Enumerable.Range(1, k).Sum(i => 0.5 * Math.Pow(0.5, k - i) * points[i][j]), run["w/mean"][j]);
        }
    }

    /// <summary>Started at zero and divided by 1 − b^k: the weights add up to one, so the mean of a constant is that constant, at the first step too.</summary>
    [Fact]
    public void The_corrected_decayed_mean_of_a_constant_is_the_constant()
    {
        var rule = Rule.Of((g, sum, mean) =>
        {
            var next = 0.75 * sum + 0.25 * (Param - 0 * g);
            return (0 * g, next, next / (1 - Pow(0.75, Step + 1)));
        }).Slots("sum", "mean");
        var run = Run(rule);
        for (var k = 1; k <= 100; k++)
        {
            run.Step();
            for (var i = 0; i < 2; i++) Assert.Equal(start[i], run["w/mean"][i], Math.Abs(start[i]) * 4 * 2.3e-16 / 0.25);
        }
    }

    /// <summary>A decayed mean of the squared gradient, as of any curvature: Σ (1 − rho)·rho^(k − i)·g_i².</summary>
    [Fact]
    public void The_decayed_curvature_is_its_closed_form_bitwise()
    {
        var run = new Descent(w => (Input(1, "slope") * w).Sum(), UserRules.RmsProp(0.1, 0.5), [0]);
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
        Descent plain = Run(Sgd(0.1).Averaged()), decayed = Run(Sgd(0.1).Decayed(0.9));
        for (var k = 0; k < 300; k++)
        {
            plain.Step();
            decayed.Step();
        }
        double Far(Descent run) => Math.Abs(run["w/mean"][0] - 0.25);
        Assert.True(Far(decayed) < 1e-10);
        Assert.InRange(Far(plain), 0.75 * 9 / 300 * 0.99, 0.75 * 9 / 300 * 1.01);
    }
}
