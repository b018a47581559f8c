using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The wider a network, the nearer it is to its tangent at the start: what a step changes beyond it falls as 1/√width or faster. https://arxiv.org/abs/1902.06720.</summary>
public class WidthTests
{
    /// <summary>The root mean square, over starts and inputs, of f(θ + u) − f(θ) − ∇f·u for the step u of length 1 along the gradient.</summary>
    static double BeyondTangent(int width)
    {
        var squares = new List<double>();
        for (var seed = 0; seed < 6; seed++)
            foreach (var x in new[] { 0.5, 1, 2 })
            {
                Expr into = Parameter(shape: [width], Init.Normal(1), "into"), from = Parameter(shape: [width], Init.Normal(1), "from");
                var model = ((Tanh(x * into) * from).Sum() / Math.Sqrt(width)).Minimize(Rule.Of(g => g / GlobalNorm(g)));
                var run = new Descent(model, seed);
                var slope = Math.Sqrt(run.GradientOf("into").Concat(run.GradientOf("from")).Sum(g => g * g));
                var before = run.Step();
                squares.Add(Math.Pow(run.Loss - before + slope, 2));
            }
        return Math.Sqrt(squares.Average());
    }

    [Fact]
    public void A_step_leaves_the_tangent_by_no_more_than_one_over_the_root_of_the_width()
    {
        double narrow = BeyondTangent(4), wide = BeyondTangent(64), widest = BeyondTangent(1024);
        Assert.True(wide <= narrow / Math.Sqrt(16) && widest <= wide / Math.Sqrt(16) && widest > 0);
    }
}
