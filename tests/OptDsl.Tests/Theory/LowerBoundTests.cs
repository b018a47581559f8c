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

    /// <summary>Tuned for this function, or written by a user; the library's own come by reflection.</summary>
    static readonly Dictionary<string, Rule> tuned = new()
    {
        ["gradient descent at 1/L"] = Sgd(1), ["gradient descent at its best"] = Sgd(2 / (LowerBound.L + LowerBound.Mu)), ["a rate too large"] = Sgd(3),
        ["a rate that falls"] = Sgd(InverseTime(2, 0.1)), ["the heavy ball"] = Momentum(4 / Math.Pow(1 + 1 / Root, 2), polyak), ["classical momentum"] = ClassicalMomentum(1, 0.8),
        ["Nesterov, constant"] = Nesterov(1, (Root - 1) / (Root + 1)), ["Nesterov, scheduled"] = UserRules.Accelerated(1), ["clipped"] = ClipByGlobalNorm(0.1).Then(Momentum(1)),
        ["normalised"] = Rule.Of(g => 0.1 * g / Norm(g)), ["Barzilai and Borwein"] = UserRules.BarzilaiBorwein(), ["averaged"] = Sgd(1).Then(PolyakAverage()),
    };

    /// <summary>Rules of matrices have no chain to walk on.</summary>
    static readonly Dictionary<string, Rule> library = Vocabulary.Of(typeof(Dsl)).Where(w => w.Kind == WordKind.Rule && RuleBench.Of((Rule)w.Value!).Shape.Rank == 1).ToDictionary(w => w.Name, w => (Rule)w.Value!);

    public static TheoryData<string> Tuned => [.. tuned.Keys];

    public static TheoryData<string> Library => [.. library.Keys];

    static Verdict Verdict(Rule rule) => LowerBound.Run(new(rule, new(LowerBound.Length)));

    [Theory]
    [MemberData(nameof(Tuned))]
    public void A_rule_in_the_span_of_past_gradients_stays_above_the_bound(string name) => Assert.Equal(Outcome.Holds, Verdict(tuned[name]).Outcome);

    /// <summary>
    /// Of the class or exempt, on the chain none can win: a coordinate that no gradient has reached has not moved.
    /// https://arxiv.org/abs/1710.11606, zero-respecting methods.
    /// </summary>
    [Theory]
    [MemberData(nameof(Library))]
    public void No_rule_of_the_library_is_faster(string name) => Assert.All(LowerBound.Ratios(library[name]), ratio => Assert.True(ratio >= 1));

    [Fact]
    public void Rules_with_a_rate_for_each_element_are_exempt_and_the_report_says_so()
    {
        foreach (var rule in new[] { Adam(0.05), AdamW(0.05), Adagrad(0.1), RmsProp(0.02), SignSgd(0.1), QuickProp(1), Rprop(0.1), AddDecayedWeights(0.1).Then(Sgd(1)) })
        {
            var verdict = Verdict(rule);
            Assert.Equal(Outcome.DoesNotApply, verdict.Outcome);
            Assert.Contains("lies outside the span of the gradients before it", verdict.Note);
        }
        Assert.Contains($"– {LowerBound.Law}", Check.Laws(Adam(0.05)).ToString());
        Assert.Contains($"✓ {LowerBound.Law}", Check.Laws(Momentum(0.05)).ToString());
    }

    [Fact]
    public void What_the_law_cannot_judge_it_says()
    {
        Assert.Equal("it takes no vector, and the chain is one", LowerBound.Run(new(Sgd(1), new(3, 4))).Note);
        Assert.Equal("on a bowl of curvature 1 its weights are no numbers after 1 steps", Verdict(Rule.Of(g => Sqrt(-1) * g)).Note);
    }

    /// <summary>The bound is no empty promise: the heavy ball at its best keeps √κ times the least gap, step after step; plain descent falls behind by the power of the step.</summary>
    [Fact]
    public void The_heavy_ball_follows_the_bound_and_plain_descent_does_not()
    {
        double[] heavy = LowerBound.Ratios(tuned["the heavy ball"]), descent = LowerBound.Ratios(tuned["gradient descent at its best"]);
        for (var k = 1; k <= LowerBound.Steps; k++) Assert.InRange(heavy[k], 1, Root * (1 + 1e-9));
        Assert.True(descent[LowerBound.Steps] > 1e5 && descent[LowerBound.Steps / 2] < 1e5);
    }

    static Expr Solution => Exp(Math.Log((Root - 1) / (Root + 1)) * (Indices(LowerBound.Length) + 1));

    /// <summary>Plain descent elsewhere; at 0, where the chain begins, to the solution.</summary>
    [Fact]
    public void A_rule_that_reads_the_parameter_to_know_where_it_is_is_found_out() =>
        Assert.Throws<LawException>(() => Verdict(Rule.Of(g => Where(Equal(Norm(Param), 0), Param - Solution, 0.5 * g))));

    /// <summary>Plain descent for a while, then half of the way to the solution at each step: every other law holds.</summary>
    [Fact]
    public void A_rule_that_keeps_the_solution_until_nobody_looks_is_found_out_by_its_report()
    {
        var cheat = Rule.Of(g => Where(Less(Step, 20), g, 0.5 * (Param - Solution))).Only(p => p.Shape.Size == LowerBound.Length);
        var fault = Assert.Throws<LawException>(() => Check.Laws(cheat));
        Assert.Equal(LowerBound.Law, Assert.Single(fault.Report!.Verdicts, v => v.Outcome == Outcome.Fails).Law);
        Assert.Contains("uses what no gradient told", fault.Message);
    }

    /// <summary>A rule that moves every coordinate to a constant leaves the bound's class at once.</summary>
    [Fact]
    public void A_rule_that_steps_to_a_constant_is_exempt_but_breaks_the_bound_of_the_chain()
    {
        var cheat = Rule.Of(g => Param - Solution + 0 * g);
        Assert.Equal(Outcome.DoesNotApply, Verdict(cheat).Outcome);
        Assert.True(LowerBound.Ratios(cheat)[1] < 1e-20);
    }
}
