using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The distributions that weights start from: bounds, variance, and the whole distribution by Kolmogorov and Smirnov's test. Seeds are fixed.</summary>
public class StartingPointTests
{
    const int In = 200, Out = 100, Count = In * Out;

    static double[] Weights(Init init)
    {
        var run = new Descent(Input(In).Dense(Out, init).Loss(SquaredError).Minimize(Sgd(1)), seed: 9);
        Assert.All(run["dense1.bias"], b => Assert.Equal(0, b));
        return run["dense1.weights"];
    }

    /// <summary>U(±√(6/(m + n))) has variance 2/(m + n).</summary>
    [Fact]
    public void Glorot_is_uniform_with_its_variance() => Uniform(Weights(Init.Glorot), Math.Sqrt(6.0 / (In + Out)), 2.0 / (In + Out));

    /// <summary>U(±√(6/n)) has variance 2/n.</summary>
    [Fact]
    public void He_is_uniform_with_its_variance() => Uniform(Weights(Init.He), Math.Sqrt(6.0 / In), 2.0 / In);

    /// <summary>WᵀW = gain²·1: every length and angle of what the columns span is kept, times the gain.</summary>
    [Fact]
    public void Orthogonal_columns_have_the_length_of_the_gain_and_right_angles()
    {
        var w = Weights(Init.Orthogonal(gain: 3));
        for (var j = 0; j < Out; j++)
            for (var k = 0; k <= j; k++) Assert.Equal(j == k ? 9 : 0, Enumerable.Range(0, In).Sum(i => w[i * Out + j] * w[i * Out + k]), 1e-12);
    }

    /// <summary>He leaves rectified units at their kink where the inputs are 0; a bias of 0.01 puts all of them on the side that learns.</summary>
    [Fact]
    public void A_small_bias_beside_He_makes_every_unit_active_at_zero()
    {
        var net = Input(In).Dense(Out, bias: Init.Constant(0.01)).Relu();
        var run = new Descent(net.Loss(SquaredError).Minimize(Sgd(1)), seed: 9, ("input", new double[In]));
        Assert.Equal(Weights(Init.He), run["dense1.weights"]);
        Assert.All(run["dense1.bias"], b => Assert.Equal(0.01, b));
        Assert.All(run.Predict(1), y => Assert.Equal(0.01, y));
    }

    [Fact]
    public void A_layer_starts_as_He_unless_told() => Assert.Equal(Weights(Init.He), new Descent(Input(In).Dense(Out).Loss(SquaredError).Minimize(Sgd(1)), seed: 9)["dense1.weights"]);

    /// <summary>N(0, 1)/√n has variance 1/n: 1 ± 4.5·√(2/count) of it; the normal's distribution function by Simpson's rule.</summary>
    [Fact]
    public void The_normal_scaled_by_the_inputs_has_variance_one_over_them()
    {
        double[] z = [.. Weights(Init.Normal(1 / Math.Sqrt(In))).Select(w => w * Math.Sqrt(In))];
        Assert.InRange(z.Average(v => v * v), 1 - 4.5 * Math.Sqrt(2.0 / Count), 1 + 4.5 * Math.Sqrt(2.0 / Count));
        Fits(z, x =>
        {
            double h = x / 100, sum = 1 + Math.Exp(-x * x / 2);
            for (var i = 1; i < 100; i++) sum += (i % 2 == 0 ? 2 : 4) * Math.Exp(-(i * h) * (i * h) / 2);
            return 0.5 + sum * h / 3 / Math.Sqrt(2 * Math.PI);
        });
    }

    static void Uniform(double[] w, double limit, double variance)
    {
        Assert.All(w, v => Assert.InRange(v, -limit, limit));
        Assert.True(w.Max() > 0.999 * limit && w.Min() < -0.999 * limit);
        // The square of a uniform number has the deviation √(4/5) of its mean.
        Assert.InRange(w.Average(v => v * v) / variance, 1 - 4.5 * Math.Sqrt(0.8 / Count), 1 + 4.5 * Math.Sqrt(0.8 / Count));
        Fits(w, x => (x + limit) / (2 * limit));
    }

    /// <summary>The largest distance of the empirical from the true distribution is below 1.95/√n in 999 of 1000 samples.</summary>
    static void Fits(double[] sample, Func<double, double> distribution)
    {
        double[] sorted = [.. sample.Order()];
        var distance = sorted.Select((x, i) => Math.Max(Math.Abs(distribution(x) - (double)i / Count), Math.Abs(distribution(x) - (i + 1.0) / Count))).Max();
        Assert.True(distance < 1.95 / Math.Sqrt(Count), $"{distance}");
    }
}
