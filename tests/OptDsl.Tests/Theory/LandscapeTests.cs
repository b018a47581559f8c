using OptDsl.Testing;
using OptDsl.Tests.Kernels;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The shapes that descent meets: level sets, saddles, plateaux, and units that no gradient reaches.</summary>
public class LandscapeTests
{
    /// <summary>Along a level set the derivative is 0. The sets are known: ellipses of a quadratic, rays of a quotient, circles of any function of the norm.</summary>
    [Fact]
    public void The_gradient_is_orthogonal_to_level_sets()
    {
        (Func<Expr, Expr> F, Func<double, (double X, double Y, double Dx, double Dy)> Level)[] cases =
        [
            (w => 4 * Square(w[0]) + 9 * Square(w[1]), t => (Math.Cos(t) / 2, Math.Sin(t) / 3, -Math.Sin(t) / 2, Math.Cos(t) / 3)),
            (w => Tanh(w[0] / w[1]), t => (0.7 * (t + 1), t + 1, 0.7, 1)),
            (w => Exp(-Square(w).Sum()) + Softplus(Norm(w)), t => (Math.Cos(t), Math.Sin(t), -Math.Sin(t), Math.Cos(t))),
            (w => Log(w[0] * w[1]), t => (Math.Exp(t), Math.Exp(-t), Math.Exp(t), -Math.Exp(-t))),
        ];
        foreach (var (f, level) in cases)
            foreach (var t in new[] { 0.1, 0.8, 2, 3.3 })
            {
                var (x, y, dx, dy) = level(t);
                var run = new Descent(f, Sgd(1), [x, y]);
                double[] g = run.Gradient;
                Assert.Equal(0, g[0] * dx + g[1] * dy, 1e-15 * 8 * (Math.Abs(g[0] * dx) + Math.Abs(g[1] * dy)));
                Assert.True(Math.Abs(g[0]) + Math.Abs(g[1]) > 1e-3);
            }
    }

    public static TheoryData<string> Rules => [.. All.Keys];

    internal static readonly Dictionary<string, Rule> All = new()
    {
        ["gradient descent"] = Sgd(0.1), ["momentum"] = Momentum(0.02), ["Adam"] = Adam(0.05), ["AdamW"] = AdamW(0.05, 0), ["Nesterov"] = Nesterov(0.05, 0.8),
        ["RMSProp"] = RmsProp(0.01, 0.9), ["Rprop"] = Rprop(0.01),
    };

    /// <summary>x² − y² + y⁴: exactly on the saddle, and on the ridge that leads to it, nothing pushes aside.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void On_a_saddle_every_rule_is_stuck_and_a_perturbation_frees_it(string name)
    {
        Expr Saddle(Expr w) => Square(w[0]) - Square(w[1]) + Square(Square(w[1]));
        Assert.All(new Descent(Saddle, All[name], [0, 0]).Walk(100), w => Assert.Equal([0, 0], w));
        Assert.All(new Descent(Saddle, All[name], [1, 0]).Walk(100), w => Assert.Equal(0, w[1]));
        var end = new Descent(Saddle, All[name], [1, 1e-6]).Walk(400)[^1];
        Assert.Equal(Math.Sqrt(0.5), Math.Abs(end[1]), 0.15);
    }

    static readonly double[] x = [0.3, -1, 2, 0.7, 0.1, -0.2], t = [1, -1, 0.5];

    /// <summary>The 0-1 loss and a hard threshold are flat wherever they have a derivative.</summary>
    [Fact]
    public void On_a_plateau_the_gradient_is_exactly_zero()
    {
        LossFunction zeroOne = (y, target) => Where(Equal(Sign(y), Sign(target)), 0, 1).Sum();
        LossFunction squares = (y, target) => Square(Where(Greater(y, 0), 1, 0) - target).Sum();
        foreach (var loss in new[] { zeroOne, squares })
        {
            var run = new Descent(Input(2).Dense(3).Tanh().Dense(1).Loss(loss).Minimize(Sgd(1)), 3, ("input", x), ("target", t));
            Assert.All(new[] { "dense1.weights", "dense1.bias", "dense2.weights", "dense2.bias" }, name => Assert.All(run.GradientOf(name, 3), g => Assert.Equal(0, g)));
            Assert.True(run.LossOf(3) > 0);
        }
    }

    /// <summary>The logistic unit with squares on a hopelessly wrong example: the loss is 1, the slope exactly 0. Cross-entropy has slope 1 there.</summary>
    [Theory]
    [InlineData(800)]
    [InlineData(-800)]
    public void A_saturated_unit_has_no_gradient(double z)
    {
        var target = z > 0 ? 0 : 1;
        var run = new Descent(w => Square(Sigmoid(w) - target).Sum(), Sgd(1), [z]);
        Assert.Equal(1, run.Loss);
        Assert.Equal(0, run.Gradient[0]);
        Assert.Equal(0, new Descent(w => Square(Tanh(w) - target).Sum(), Sgd(1), [z]).Gradient[0]);
        Assert.Equal(Math.Sign(z), new Descent(w => (Softplus(w) - target * w).Sum(), Sgd(1), [z]).Gradient[0]);
    }

    /// <summary>A unit that is negative for every example: its weights have gradient 0 and never come back, whatever the rule.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void A_dead_rectifier_stays_dead(string name)
    {
        var run = new Descent(Input(2).Dense(2).Relu().Dense(1).Loss(SquaredError).Minimize(All[name]), 3, ("input", x), ("target", t)) { ["dense1.bias"] = [-100, 0.5], ["dense2.weights"] = [1, -2] };
        var before = run["dense1.weights"];
        for (var k = 0; k < 100; k++) run.Step(3);
        var after = run["dense1.weights"];
        Bits.AssertSame<double>([before[0], before[2], -100, 1], [after[0], after[2], run["dense1.bias"][0], run["dense2.weights"][0]]);
        Assert.NotEqual(before[1], after[1]);
    }
}
