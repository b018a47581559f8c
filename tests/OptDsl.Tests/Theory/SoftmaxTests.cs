using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The cross-entropy of a softmax: its gradient, and what a shift of all logits changes, which is nothing. Bridle 1990.</summary>
public class SoftmaxTests
{
    static Descent Logits(double[] z, int label, LossFunction? loss = null) => new(Parameter(z, "w").Loss(loss ?? SoftmaxCrossEntropy).Minimize(Sgd(1)), 0, ("target", [label]));

    static readonly double[] logits = [1.25, -3, 0.5, 7, 2.75, -0.125];

    [Fact]
    public void The_gradient_of_the_cross_entropy_is_the_softmax_less_one_at_the_label_and_sums_to_zero()
    {
        double[] e = [.. logits.Select(v => Math.Exp(v - 7))], p = [.. e.Select(v => v / e.Sum())];
        for (var label = 0; label < 6; label++)
        {
            var run = Logits(logits, label);
            double[] g = run.Gradient;
            for (var i = 0; i < 6; i++) Assert.Equal(p[i] - (i == label ? 1 : 0), g[i], 4e-16);
            Assert.Equal(0, g.Sum(), 6 * 2.3e-16);
            Assert.Equal(-Math.Log(p[label]), run.Loss, 2e-15);
            Assert.True(run.Loss >= 0);
        }
    }

    /// <summary>Logits are multiples of 1/8 and shifts integers: the shifted ones are exact, and nothing may change.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1000)]
    [InlineData(1 << 30)]
    public void Shifted_logits_have_the_same_loss_and_gradient_bitwise(double shift)
    {
        double[] far = [.. logits.Select(v => v + shift)];
        foreach (var loss in new[] { SoftmaxCrossEntropy, SmoothedCrossEntropy(0.25), (z, label) => -Where(OneHot(label, 6), LogSoftmax(z), 0).Sum(), (z, label) => -Where(OneHot(label, 6), Softmax(z), 0).Sum() })
            for (var label = 0; label < 6; label++)
            {
                Descent here = Logits(logits, label, loss), there = Logits(far, label, loss);
                Assert.Equal(here.Gradient, there.Gradient);
                Assert.Equal(here.Loss, there.Loss);
            }
    }
}
