using OptDsl.Testing;
using OptDsl.Tests.Kernels;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Rules that divide by a measure of past gradients: closed forms on a constant gradient, invariances, and where Adam fails.</summary>
public class AdaptiveTests
{
    static Expr Slope(Expr w, double g) => (g * w).Sum();

    static double[] Kept(Rule rule, double g, string slot, int steps)
    {
        var run = new Descent(w => Slope(w, g), rule.Kept(), [0]);
        return [.. Enumerable.Range(0, steps).Select(_ => { run.Step(); return run[slot][0]; })];
    }

    /// <summary>√(k·g²) is exact up to one rounding where g is a power of two.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(-0.125)]
    public void Adagrad_steps_by_the_rate_over_the_root_of_the_steps_bitwise(double g)
    {
        var steps = Kept(Adagrad(0.25, eps: 0), g, "w/step", 100);
        for (var k = 1; k <= 100; k++) Assert.Equal(Math.Sign(g) * (0.25 / Math.Sqrt(k)), steps[k - 1]);
    }

    /// <summary>v_k = (1 − rho^k)·g², exact for rho = 1/2 while the bits fit: the step is rate/√(1 − rho^k).</summary>
    [Fact]
    public void RmsProp_steps_by_the_rate_over_the_root_of_its_window()
    {
        double[] squares = Kept(RmsProp(0.25, 0.5, eps: 0), -4, "w/v", 50), steps = Kept(RmsProp(0.25, 0.5, eps: 0), -4, "w/step", 50);
        for (var k = 1; k <= 50; k++)
        {
            Assert.Equal(16 * (1 - Math.Pow(0.5, k)), squares[k - 1]);
            Assert.Equal(-0.25 / Math.Sqrt(1 - Math.Pow(0.5, k)), steps[k - 1], 2e-16);
        }
    }

    /// <summary>m̂ = g and v̂ = g² at every step, thanks to the correction: each step is lr·g/(|g| + eps).</summary>
    [Theory]
    [InlineData(3, 1e-8)]
    [InlineData(-1e-4, 1e-3)]
    [InlineData(1e6, 0)]
    public void Adam_steps_by_the_rate_at_every_step_of_a_constant_slope(double g, double eps)
    {
        var run = new Descent(w => Slope(w, g), Adam(0.5, eps: eps), [0]);
        for (var k = 1; k <= 2000; k++)
        {
            run.Step();
            // 1 − 0.999ᵗ loses up to 1e3 units, its root half of that; the sum of the steps rounds k times.
            Assert.Equal(-0.5 * g / (Math.Abs(g) + eps), run.At[0] / k, 0.5 * 1e3 * 2.3e-16);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-0.01)]
    public void AdaMax_steps_by_the_rate_and_the_sign(double g)
    {
        var run = new Descent(w => Slope(w, g), AdaMax(0.5, eps: 0), [0]);
        for (var k = 1; k <= 500; k++)
        {
            run.Step();
            Assert.Equal(-0.5 * Math.Sign(g), run.At[0] / k, 10 * 2.3e-16);
        }
    }

    /// <summary>With b2 = 0.999 rho passes 4 at the fifth step: before it, momentum with Adam's correction, then nearly the sign's step, rising to it.</summary>
    [Fact]
    public void RAdam_is_momentum_while_its_variance_is_intractable()
    {
        var path = new Descent(w => Slope(w, 8), RAdam(0.5, eps: 0, threshold: 4), [0]).Walk(3000);
        double Step(int k) => path[k - 1][0] - path[k][0];
        for (var k = 1; k <= 4; k++) Assert.Equal(0.5 * 8, Step(k), 1e-13);
        Assert.InRange(Step(5), 0.001, 0.05);
        for (var k = 6; k <= 3000; k++) Assert.True(Step(k) > Step(k - 1) - 1e-11);
        Assert.Equal(0.5 * Math.Sqrt((1689.8 - 4) * (1689.8 - 2) * 1999 / (1995 * 1997 * 1689.8)), Step(3000), 0.005);
    }

    public static TheoryData<string> ScaleFree => [.. FreeRules.Keys];

    static readonly Dictionary<string, Rule> FreeRules = new()
    {
        ["Adam"] = Adam(0.1, eps: 0), ["Adagrad"] = Adagrad(0.1, eps: 0), ["RMSProp"] = RmsProp(0.1, 0.9, eps: 0), ["AdaMax"] = AdaMax(0.1, eps: 0),
        ["AMSGrad"] = AmsGrad(0.1, eps: 0), ["RAdam"] = RAdam(0.01, eps: 0, threshold: 0), ["AdaBelief"] = AdaBelief(0.1, eps: 0), ["Lion"] = Lion(0.1),
        ["Rprop"] = Rprop(0.1), ["Rprop with undo"] = Rprop(0.1, undo: true), ["sign"] = SignSgd(0.1),
    };

    [Theory]
    [MemberData(nameof(ScaleFree))]
    public void A_loss_times_a_power_of_two_takes_the_same_path_bitwise(string name)
    {
        double[][] Path(double scale) => new Descent(w => (scale * (Square(w - 0.3) + Sin(3 * w))).Sum(), FreeRules[name], [1, -2, 0.1]).Walk(50);
        var path = Path(1);
        foreach (var scale in new[] { 1024, 1 / 64.0 })
            foreach (var (one, other) in path.Zip(Path(scale))) Bits.AssertSame<double>(one, other);
        Assert.NotEqual(path[1], path[50]);
    }

    /// <summary>As eps vanishes beside the gradients, Adadelta's step no longer depends on the loss's scale, only on eps in the unit of w.</summary>
    [Fact]
    public void Adadelta_loses_the_scale_of_the_loss_as_its_constant_vanishes()
    {
        double Far(double scale) => new Descent(w => (scale * Square(w)).Sum(), Adadelta(rho: 0.9, eps: 1e-10), [1]).Walk(50)[^1][0];
        Assert.Equal(Far(1e4), Far(1e6), 1e-13);
        Assert.NotEqual(1, Far(1e4), 1e-5);
    }

    /// <summary>
    /// Slopes C, −1, −1 in turn: the sum falls towards −1, yet with b2 = 1/(1 + C²) the two small slopes step further than the
    /// large one. https://arxiv.org/abs/1904.09237, theorem 1.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Adam_ends_at_the_worst_point_where_AmsGrad_ends_at_the_best(double c)
    {
        double b2 = 1 / (1 + c * c);
        var rate = 0.5 / Sqrt(Step + 1);
        double End(Rule rule)
        {
            var run = new Descent(w => (Input(1, "slope") * w).Sum(), rule.Then(ProjectToBox(-1, 1)), [0]);
            for (var k = 0; k < 3000; k++) run.Step(1, ("slope", [k % 3 == 0 ? c : -1]));
            return run.At[0];
        }
        Assert.InRange(End(Adam(rate, b1: 0, b2: b2, eps: 0)), 0.98, 1);
        Assert.InRange(End(AmsGrad(rate, b1: 0, b2: b2, eps: 0)), -1, -0.9);
        Assert.InRange(End(Sgd(rate)), -1, -0.9);
    }

    /// <summary>(1 − lr·λ)·w − lr·g, whether λ/2·‖w‖² is in the loss or the decay in the rule; exact in powers of two.</summary>
    [Fact]
    public void For_gradient_descent_decay_and_the_squared_penalty_are_one_bitwise()
    {
        var penalty = new Descent(w => (0.5 * Square(w - 1)).Sum() + 0.5 * 0.25 * Square(w).Sum(), Sgd(0.5), [2, -0.5]).Walk(10);
        var decay = new Descent(w => (0.5 * Square(w - 1)).Sum(), AddDecayedWeights(0.25).Then(Sgd(0.5)), [2, -0.5]).Walk(10);
        double[] w = [2, -0.5];
        for (var k = 0; k <= 10; k++)
        {
            Bits.AssertSame<double>(w, penalty[k]);
            Bits.AssertSame<double>(w, decay[k]);
            w = [.. w.Select(x => (1 - 0.5 * 0.25) * x - 0.5 * (x - 1))];
        }
    }

    [Fact]
    public void For_Adam_decay_is_not_the_squared_penalty()
    {
        Expr Bowl(Expr w) => (0.5 * Input(2, "a") * Square(w - 1)).Sum();
        double[][] Path(Rule rule) => new Descent(Bowl, rule, [2, 3], ("a", [100, 0.01])).Walk(2);
        double[][] penalty = Path(AddDecayedWeights(0.1).Then(Adam(0.5))), decay = Path(AdamW(0.5, 0.1));
        // The first step of L2 is ±lr whatever the weights; decoupled decay adds lr·λ·w.
        Assert.Equal([1.5, 2.5], penalty[1].Select(x => Math.Round(x, 6)));
        Assert.Equal([1.4, 2.35], decay[1].Select(x => Math.Round(x, 6)));
        Assert.All(penalty[2].Zip(decay[2]), x => Assert.True(Math.Abs(x.First - x.Second) > 0.05));
    }

    /// <summary>With zero gradient decay is the factor (1 − lr·λ)^k, here 7/8.</summary>
    [Fact]
    public void Without_a_gradient_decay_is_geometric_bitwise()
    {
        var path = new Descent(w => (0 * w).Sum(), AdamW(0.5, 0.25), [1]).Walk(17);
        for (var k = 0; k <= 17; k++) Assert.Equal(Math.Pow(0.875, k), path[k][0]);
    }
}
