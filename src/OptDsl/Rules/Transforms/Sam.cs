using System.Linq;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// Two calls of Learn are one step, on one batch as published: the first climbs, w ← w + rho·g/‖g‖ over all tensors; the second comes back
    /// and descends by the rule with the gradient found there. To the rule, Step counts pairs and Param is w. https://arxiv.org/abs/2010.01412, algorithm 1.
    /// </summary>
    public static Rule Sam(Rule rule, Expr? rho = null)
    {
        if (rule.Stages.Any(s => s.Skips)) throw Error.Argument("Sam", "climbs by any gradient: a rule within it cannot skip one of the two calls that are a step");
        var climbs = Equal(Step % 2, 0);
        var before = new RuleSlot("before", Param, Where(climbs, Param, Rule.Slot(0)));
        var descending = rule.When(_ => Not(climbs), e => e.Op == Primitive.Step ? Floor(Step / 2) : null, mark: s => s with { Gathers = true });
        return descending.Held(Primitive.Param, before, w => w).Then(Rule.Of((u, climb) =>
        {
            var up = (rho ?? 0.05) * u / (GlobalNorm(u) + 1e-12);
            return (Where(climbs, -up, climb + u), Where(climbs, up, 0));
        }).Slots("climb"));
    }
}
