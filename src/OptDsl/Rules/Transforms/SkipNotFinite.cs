namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// The rule, but where any gradient of any tensor is infinite or no number, nothing moves: neither the weights nor the rule's slots. Step goes on.
    /// It belongs inside MultiSteps, which then skips k gradients together; with Sam, whose two calls are one step, it cannot keep them together.
    /// </summary>
    public static Rule SkipNotFinite(Rule rule)
    {
        // What one stage knows reaches the next through its step alone: a step that is no number says to wait.
        Expr nan = double.NaN;
        var marked = Rule.Of(g => Where(Equal(GlobalSum(Not(Equal(0 * g, 0))), 0), g, nan));
        return marked.Then(rule.When(g => Equal(Sum(Not(Equal(g, g))), 0), _ => null, nan)).Then(Rule.Of(u => Where(Equal(u, u), u, 0)));
    }
}
