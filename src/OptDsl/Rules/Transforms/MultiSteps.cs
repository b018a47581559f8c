namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// The mean of k gradients is gathered, then the rule takes one step with it; to the rule, Step counts such steps, and Loss is the mean of k
    /// losses. Equal to one batch k times as large.
    /// </summary>
    public static Rule MultiSteps(Rule rule, int k)
    {
        CheckSizes("k", [k]);
        var fires = Equal((Step + 1) % k, 0);
        var gathered = Rule.Of((g, mean) => (Where(fires, mean + g / k, 0), Where(fires, 0, mean + g / k))).Slots("mean");
        Expr More(Expr losses) => losses + Loss / k;
        var held = new RuleSlot("losses", 0 * Param.Sum(), Where(fires, 0, More(Rule.Slot(0))));
        var firing = rule.When(_ => fires, e => e.Op == Primitive.Step ? Floor(Step / k) : null, 0, s => s with { Gathers = true });
        return gathered.Then(firing.Held(Primitive.Loss, held, More));
    }
}
