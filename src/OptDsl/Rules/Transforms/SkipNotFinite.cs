using System.Linq;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// The rule, but where any gradient of any tensor is infinite or no number, nothing moves: neither the weights nor the rule's slots. Step goes on.
    /// Inside MultiSteps it skips k gradients together; around what takes several calls for a step, as MultiSteps and Sam, it is refused (OPT0102).
    /// </summary>
    public static Rule SkipNotFinite(Rule rule)
    {
        if (rule.Stages.Any(s => s.Gathers)) throw Error.Argument("SkipNotFinite", "would skip a part of a step that takes several calls; MultiSteps(SkipNotFinite(rule), k) skips all of them");
        // What one stage knows reaches the next through its step alone: a step that is no number says to wait.
        Expr nan = double.NaN;
        var marked = Rule.Of(g => Where(Equal(GlobalSum(Not(Equal(0 * g, 0))), 0), g, nan));
        var skipping = rule.When(g => Equal(Sum(Not(Equal(g, g))), 0), _ => null, nan, s => s with { Skips = true });
        return marked.Then(skipping).Then(Rule.Of(u => Where(Equal(u, u), u, 0)));
    }
}
