using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Where the slots of a rule may start.</summary>
public class SlotTests
{
    /// <summary>What is known at a step alone is no start of a slot.</summary>
    [Fact]
    public void A_slot_starts_before_there_are_examples()
    {
        foreach (var (early, words) in new[] { (Dsl.Examples, "examples come at a step"), (Loss, "a loss is known at a step"), (RandomNormal(Param), "random numbers are drawn at a step") })
            Assert.Contains(words, Assert.Throws<OptDslException>(() => { Rule.Of(init: p => early + 0 * p, step: (g, m) => (g, m)); }).Message, StringComparison.Ordinal);
    }

    /// <summary>A condition is 1 or 0 as a step, as what a slot becomes, as its start, and in a sum, of a tensor and of one number.</summary>
    [Fact]
    public void A_condition_is_a_number()
    {
        var rule = Rule.Of(init: p => (0 * p, Greater(p, 0)), step: (g, below, held) => (Greater(g, 0), Less(g, 0), held)).Slots("below", "held")
            .Then(Rule.Of((g, count) => (g, GlobalSum(Greater(Param, 0)))).Slots("count"));
        Check(Square(Parameter([2, -3], "w")).Sum(), [1, -3], below: [0, 1], held: [1, 0], count: [1, 1]);
        Check(Square(Parameter(2.0, "w")), [1], below: [0], held: [1], count: [1]);

        void Check(Expr loss, float[] w, float[] below, float[] held, float[] count)
        {
            using var learner = loss.Minimize(rule).Compile();
            learner.Learn(Batch.Empty);
            Assert.Equal([w, below, held, count], new[] { "w", "w/below", "w/held", "w/count" }.Select(name => learner[name].ToArray()));
        }
    }
}
