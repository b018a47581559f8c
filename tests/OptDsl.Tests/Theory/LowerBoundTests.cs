using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>No first-order rule is faster than the lower bound; one that is has cheated, and is found out.</summary>
public class LowerBoundTests
{
    /// <summary>√κ of the chain.</summary>
    const double Root = 10;

    static readonly double polyak = Math.Pow((Root - 1) / (Root + 1), 2);

    static readonly Dictionary<string, Rule> spanning = new()
    {
        ["gradient descent at 1/L"] = Sgd(1), ["gradient descent at its best"] = Sgd(2 / (LowerBound.L + LowerBound.Mu)), ["a rate too large"] = Sgd(3),
        ["a rate that falls"] = Sgd(InverseTime(2, 0.1)), ["momentum"] = Momentum(0.5), ["the heavy ball"] = Momentum(4 / Math.Pow(1 + 1 / Root, 2), polyak),
        ["the other momentum"] = UserRules.StepMomentum(1, 0.8), ["Nesterov, constant"] = UserRules.Nesterov(1, (Root - 1) / (Root + 1)),
        ["Nesterov, scheduled"] = UserRules.Accelerated(1), ["clipped"] = ClipByGlobalNorm(0.1).Then(Momentum(1)), ["normalised"] = Rule.Of(g => 0.1 * g / Norm(g)),
        ["Barzilai and Borwein"] = BarzilaiBorwein, ["averaged"] = Sgd(1).Averaged(),
    };

    /// <summary>lr = s·s/s·y from the last displacement s and change y of the gradient. https://doi.org/10.1093/imanum/8.1.141.</summary>
    static Rule BarzilaiBorwein => Rule.Of((g, before, s) =>
    {
        var y = g - before;
        var step = Where(Equal(Step, 0), 1, Sum(s * s) / Sum(s * y)) * g;
        return (step, g, -step);
    });

    static readonly Dictionary<string, Rule> preconditioned = new()
    {
        ["Adam"] = Adam(0.05), ["AdamW"] = AdamW(0.05), ["Adagrad"] = UserRules.Adagrad(0.1, 1e-8), ["RMSProp"] = UserRules.RmsProp(0.02, 0.9, 1e-8),
        ["sign"] = Rule.Of(g => 0.1 * Sign(g)), ["QuickProp"] = UserRules.QuickProp(1), ["Rprop"] = UserRules.Rprop(0.1), ["decay"] = AddDecayedWeights(0.1).Then(Sgd(1)),
    };

    public static TheoryData<string> Spanning => [.. spanning.Keys];

    public static TheoryData<string> Preconditioned => [.. preconditioned.Keys];

    [Theory]
    [MemberData(nameof(Spanning))]
    public void A_rule_in_the_span_of_past_gradients_stays_above_the_bound(string name)
    {
        var result = LowerBound.Check(spanning[name]);
        Assert.True(result.IsInClass, result.Text);
        Assert.True(result.Ratio >= 1, result.Text);
    }

    [Theory]
    [MemberData(nameof(Preconditioned))]
    public void A_rule_with_a_rate_for_each_element_is_exempt_and_the_result_says_so(string name)
    {
        var result = LowerBound.Check(preconditioned[name]);
        Assert.False(result.IsInClass, result.Text);
        Assert.Null(result.Ratio);
        Assert.StartsWith("exempt: ", result.Text, StringComparison.Ordinal);
    }

    /// <summary>On the chain itself they cannot win either: a coordinate that no gradient has reached has not moved. https://arxiv.org/abs/1710.11606, zero-respecting methods.</summary>
    [Theory]
    [MemberData(nameof(Preconditioned))]
    public void No_rule_of_elements_moves_a_coordinate_before_a_gradient_reaches_it(string name) =>
        Assert.All(LowerBound.Ratios(preconditioned[name]), ratio => Assert.True(ratio >= 1));

    /// <summary>The bound is no empty promise: the heavy ball at its best keeps √κ times the least gap, step after step; plain descent falls behind by the power of the step.</summary>
    [Fact]
    public void The_heavy_ball_follows_the_bound_and_plain_descent_does_not()
    {
        double[] heavy = LowerBound.Ratios(spanning["the heavy ball"]), descent = LowerBound.Ratios(spanning["gradient descent at its best"]);
        for (var k = 1; k <= LowerBound.Steps; k++) Assert.InRange(heavy[k], 1, Root * (1 + 1e-9));
        Assert.True(descent[LowerBound.Steps] > 1e5 && descent[LowerBound.Steps / 2] < 1e5);
    }

    static Expr Solution => Exp(Math.Log((Root - 1) / (Root + 1)) * (Indices(LowerBound.Length) + 1));

    /// <summary>Plain descent elsewhere; at 0, where the chain begins, to the solution.</summary>
    [Fact]
    public void A_rule_that_reads_the_parameter_to_know_where_it_is_is_found_out() =>
        Assert.Throws<MismatchException>(() => LowerBound.Check(Rule.Of(g => Where(Equal(Norm(Param), 0), Param - Solution, 0.5 * g))));

    /// <summary>Plain descent for a while, then half of the way to the solution at each step.</summary>
    [Fact]
    public void A_rule_that_keeps_the_solution_until_nobody_looks_is_found_out() =>
        Assert.Throws<MismatchException>(() => LowerBound.Check(Rule.Of(g => Where(Less(Step, 20), g, 0.5 * (Param - Solution)))));

    /// <summary>A rule that moves every coordinate towards the solution's mean is no rule of elements: its path leaves the bound's class at once.</summary>
    [Fact]
    public void A_rule_that_steps_to_a_constant_is_exempt_but_breaks_the_bound_of_the_chain()
    {
        var cheat = Rule.Of(g => Param - Solution);
        Assert.False(LowerBound.Check(cheat).IsInClass);
        Assert.True(LowerBound.Ratios(cheat)[1] < 1e-20);
    }
}
