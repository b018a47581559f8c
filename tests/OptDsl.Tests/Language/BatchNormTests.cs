using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>Batch statistics while a step learns, running ones elsewhere. https://arxiv.org/abs/1502.03167</summary>
public class BatchNormTests
{
    const int Examples = 6, Channels = 3, Places = 4;

    static readonly double[] numbers = [.. Enumerable.Range(0, Examples * Places * Channels).Select(i => 3 * Math.Sin(5 * i) + i % Channels)];

    static double[] Of(int channel) => [.. numbers.Where((_, i) => i % Channels == channel)];

    static double Mean(double[] x) => x.Sum() / x.Length;

    static double Variance(double[] x) => x.Sum(v => (v - Mean(x)) * (v - Mean(x))) / x.Length;

    [Fact]
    public void A_step_sees_the_batch_and_keeps_running_averages()
    {
        using var learner = Input([2, 2, Channels]).BatchNorm(momentum: 0.25).Loss(SquaredError, "t").Minimize(Sgd(0)).Compile<double>(maxBatch: Examples);
        var batch = new Batch(Examples, numbers, new double[numbers.Length]);
        // Of numbers with mean 0 and variance v / (v + eps), the mean square is that variance.
        Assert.Equal(Enumerable.Range(0, Channels).Average(c => Variance(Of(c)) / (Variance(Of(c)) + 1e-5)), learner.Learn(batch), 1e-12);
        learner.Learn(batch);
        double kept = 0.75 * 0.75, size = Examples * Places;
        for (var c = 0; c < Channels; c++)
        {
            Assert.Equal((1 - kept) * Mean(Of(c)), learner["batchNorm1.mean"].ToArray()[c], 1e-13);
            Assert.Equal(kept + (1 - kept) * Variance(Of(c)) * size / (size - 1), learner["batchNorm1.variance"].ToArray()[c], 1e-12);
        }
    }

    [Fact]
    public void A_prediction_sees_the_running_averages_alone()
    {
        using var learner = Input(Channels).BatchNorm(eps: 0).Loss(SquaredError).Minimize(Sgd(0)).Compile<double>(maxBatch: Examples);
        learner["batchNorm1.mean"].CopyFrom([1, 2, 3]);
        learner["batchNorm1.variance"].CopyFrom([4, 4, 16]);
        learner["batchNorm1.bias"].CopyFrom([0, 0, 1]);
        var output = new double[2 * Channels];
        learner.Predict(new Batch(2, new double[] { 3, 4, 7, 1, 2, -1 }), output);
        Assert.Equal([1, 1, 2, 0, 0, 0], output);
        Assert.Equal([1, 2, 3], learner["batchNorm1.mean"].ToArray());
    }

    /// <summary>The batch's mean and spread are gone, so no gradient goes along them: Σ dx = 0 and Σ x̂·dx = 0 for each channel.</summary>
    [Fact]
    public void The_gradient_is_orthogonal_to_what_was_taken_away()
    {
        // One more parameter, added to all data, has the sum of the gradients; one that scales them, the sum of x̂·dx.
        var x = Input([Places, Channels]) * Parameter([Channels], Init.One, "scale") + Parameter([Channels], Init.Zero, "shift");
        using var learner = Tanh(x.BatchNorm(eps: 0)).Sum(0).Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>(maxBatch: Examples);
        learner.Gradient(new Batch(Examples, numbers, Enumerable.Range(0, Examples * Channels).Select(i => Math.Cos(i)).ToArray()));
        Assert.All(learner.GradientOf("shift").ToArray(), g => Assert.Equal(0, g, 1e-13));
        Assert.All(learner.GradientOf("scale").ToArray(), g => Assert.Equal(0, g, 1e-13));
        Assert.All(learner.GradientOf("batchNorm1.gain").ToArray(), g => Assert.NotEqual(0, g));
    }

    [Fact]
    public void A_group_is_normalised_for_itself()
    {
        double[] image = [.. Enumerable.Range(0, 4 * 4).Select(i => Math.Sin(i) * (i % 4 < 2 ? 1 : 100))], output = new double[image.Length];
        using var learner = Input([2, 2, 4]).GroupNorm(2, eps: 0).Loss(SquaredError).Minimize(Sgd(0)).Compile<double>();
        learner.Predict(new Batch(1, image), output);
        foreach (var group in new[] { 0, 1 })
        {
            double[] inside = [.. output.Where((_, i) => i % 4 / 2 == group)], before = [.. image.Where((_, i) => i % 4 / 2 == group)];
            for (var i = 0; i < inside.Length; i++) Assert.Equal((before[i] - Mean(before)) / Math.Sqrt(Variance(before)), inside[i], 1e-13);
        }
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        Assert.Contains("momentum", Assert.Throws<OptDslException>(() => Input(3).BatchNorm(momentum: 0)).Message, StringComparison.Ordinal);
        Assert.Equal("OPT0102", Assert.Throws<OptDslException>(() => Input([]).BatchNorm()).Code);
        Assert.Contains("4 do not divide 6", Assert.Throws<OptDslException>(() => Input(6).GroupNorm(4)).Message, StringComparison.Ordinal);
    }
}
