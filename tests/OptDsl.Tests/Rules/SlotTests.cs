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
}
